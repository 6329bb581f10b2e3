package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this product is for: a report in COBOL, and a binary that must not get a long argument. */
class LegacyProgramsTest {
  private static final Path PROGRAMS = Product.checkout().resolve("workflows/examples/programs");
  private static final int SEGMENTATION_FAULT = 128 + 11;
  private static final int ABORTED = 128 + 6;

  @TempDir private Path folder;

  @Test
  void the_cobol_program_prints_byte_for_byte_what_the_shell_program_prints() throws Exception {
    Path cobol = compiledCobol();
    for (String account : List.of("204110", "204120", "204130", "999999")) {
      for (String period : List.of("2026-04", "2026-05", "2026-06")) {
        assertThat(printed(cobol, account, period))
            .as(account + " " + period)
            .isEqualTo(printed(PROGRAMS.resolve("budget12"), account, period));
      }
    }
  }

  @Test
  void the_cobol_program_takes_the_place_of_the_other_and_nobody_sees_a_difference()
      throws Exception {
    Path cobol = compiledCobol();
    try (Product product = Product.start()) {
      String before =
          new Browser(product.site()).signIn("anna").budget("204110", "2026-06").words();
      install(product, cobol, "budget12");
      String after = new Browser(product.site()).signIn("anna").budget("204110", "2026-06").words();

      assertThat(after).contains("169,613.25");
      assertThat(table(after)).isEqualTo(table(before));
    }
  }

  @Test
  void the_fragile_program_dies_of_a_long_argument_and_is_never_given_one() throws Exception {
    Path fragile = folder.resolve("fragile");
    need("gcc");
    Product.run(
        List.of(
            "gcc",
            "-O0",
            "-fno-stack-protector",
            "-U_FORTIFY_SOURCE",
            "-o",
            fragile.toString(),
            PROGRAMS.resolve("c/fragile.c").toString()));
    assertThat(exit(fragile, "x".repeat(4000))).isIn(SEGMENTATION_FAULT, ABORTED);

    try (Product product = Product.start()) {
      product.addProgram("fragile", Files.readAllBytes(fragile));
      product.define(
          "fragile",
          """
          workflow: fragile
          title: A fragile report
          roles: [everyone]
          steps:
            - form: ask
              title: Which account?
              fields:
                account: { label: Account, type: text, max_length: 60 }
            - run: fragile
              args: [$account]
              output: text
          """);
      Browser anna = new Browser(product.site()).signIn("anna");

      Browser.Page form = anna.get("/w/fragile");
      assertThat(anna.submit(form, Map.of("account", "204110")).words())
          .contains("FRAGILE ACCOUNT 204110");
      for (String tooLong : List.of("x".repeat(61), "x".repeat(4000), "\u00e9".repeat(60))) {
        Browser.Page refused = anna.submit(anna.get("/w/fragile"), Map.of("account", tooLong));
        assertThat(refused.status()).isEqualTo(422);
      }
      assertThat(product.audit().lines().filter(l -> l.contains("\"program-started\"")).count())
          .isEqualTo(1);
      assertThat(product.audit()).doesNotContain("signal 11");
    }
  }

  private Path compiledCobol() {
    need("cobc");
    Path cobol = folder.resolve("budget12");
    Product.run(
        List.of(
            "cobc",
            "-x",
            "-o",
            cobol.toString(),
            PROGRAMS.resolve("cobol/budget12.cob").toString()));
    return cobol;
  }

  private static void need(String tool) {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
  }

  /** Puts a compiled program among the demo's programs, in place of one that may be there. */
  private static void install(Product product, Path program, String name) throws IOException {
    Path installed = product.folder().resolve("etc/programs").resolve(name);
    Files.copy(program, installed, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String table(String words) {
    return words.substring(words.indexOf("Object"), words.indexOf("12,386.75"));
  }

  private static byte[] printed(Path program, String account, String period)
      throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(program.toString(), account, period);
    command.environment().put("FIS_DATA", PROGRAMS.resolve("data").toString());
    Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] output = process.getInputStream().readAllBytes();
    process.waitFor();
    return output;
  }

  private static int exit(Path program, String argument) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString(), argument).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    int exit = process.waitFor();
    assertThat(said).doesNotContain("not found");
    return exit;
  }
}
