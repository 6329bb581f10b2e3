package org.hitc.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who does what the tutorial says, from its first block to its last, and looks whether it
 * is as promised. A comment in front of a block says what to do with it:
 *
 * <ul>
 *   <li>{@code file: NAME}: write it; a program is compiled;
 *   <li>{@code below: TEXT}, {@code above: TEXT}, {@code at the end}: add it to {@code stock.yaml};
 *   <li>{@code register}: install the program that it names, and add it to {@code programs.yaml};
 *   <li>{@code printed: COMMAND}: what a program prints;
 *   <li>{@code page: SHELF}: lines of the page after this answer, or of the first page; {@code
 *       without sign} breaks the copybook before, {@code behind TEXT} follows the link of that row;
 *   <li>{@code log}: what stands in the listener's log;
 *   <li>{@code check}: what is found after the two mistakes that the text asks for.
 * </ul>
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TutorialTest {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^<!-- ([^>]+) -->\n```[a-z]*\n(?s:(.*?))^```$");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path shelves;

  private record Block(String order, String text) {

    /** What stands behind the colon, or nothing. */
    String argument() {
      return order.contains(": ") ? order.substring(order.indexOf(": ") + 2) : "";
    }

    List<String> lines() {
      return text.lines().toList();
    }
  }

  @Test
  void whoever_does_what_it_says_sees_what_it_promises() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/cobc")), "GnuCOBOL (cobc) is not installed");
    List<Block> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(20);
    try (Product product = Product.start()) {
      for (Block block : blocks) {
        follow(block, product);
      }
    }
  }

  @Test
  void every_file_and_every_part_of_one_is_followed() throws IOException {
    long fences = tutorial().lines().filter(line -> line.matches("```(cobol|yaml)")).count();
    long marked =
        blocks().stream()
            .filter(b -> b.order().matches("(file|below|above): .*|at the end|register"))
            .count();
    assertThat(marked).isEqualTo(fences).isGreaterThan(10);
  }

  private static String tutorial() throws IOException {
    return Files.readString(Product.checkout().resolve("docs/tutorial/first-report.md"));
  }

  private static List<Block> blocks() throws IOException {
    return BLOCK
        .matcher(tutorial())
        .results()
        .map(found -> new Block(found.group(1), found.group(2)))
        .toList();
  }

  private void follow(Block block, Product product) throws Exception {
    switch (block.order().replaceFirst("[: ].*", "")) {
      case "file" -> write(block);
      case "below", "above", "at" -> add(block);
      case "register" -> register(block, product);
      case "printed" -> printed(block);
      case "page" -> page(block, product);
      case "log" -> logged(block, product);
      case "check" -> checked(block, product);
      default -> fail("what is to be done with " + block);
    }
  }

  private void write(Block block) throws IOException {
    Path file = shelves.resolve(block.argument());
    Files.writeString(file, block.text());
    if (block.argument().endsWith(".cob")) {
      output(List.of("cobc", "-x", file.getFileName().toString()));
    }
  }

  private void add(Block block) throws IOException {
    Path file = shelves.resolve("stock.yaml");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    if (block.order().equals("at the end")) {
      lines.addAll(block.lines());
    } else {
      int at = 0;
      while (!lines.get(at).strip().startsWith(block.argument())) {
        at++;
      }
      lines.addAll(block.order().startsWith("below") ? at + 1 : at, block.lines());
    }
    Files.write(file, lines);
  }

  private void register(Block block, Product product) throws IOException {
    String name = block.text().strip().replaceFirst(":.*\\s*", "");
    Path program = product.folder().resolve("etc/programs").resolve(name);
    Files.copy(shelves.resolve(name), program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path register = product.folder().resolve("etc/programs.yaml");
    String line = block.text().replace("/home/me/hitc-first", product.folder().toString());
    Files.writeString(
        register, Files.readString(register).replace("\nprograms:\n", "\nprograms:\n" + line));
  }

  private void printed(Block block) throws IOException {
    List<String> command = new ArrayList<>(List.of(block.argument().split(" ")));
    command.set(0, shelves.resolve(command.getFirst()).toString());
    assertThat(output(command).lines().map(String::stripTrailing)).isEqualTo(block.lines());
  }

  private void page(Block block, Product product) throws Exception {
    String copybook = Files.readString(shelves.resolve("stock.cpy"));
    install(
        product,
        "stock.cpy",
        block.order().startsWith("page without sign")
            ? copybook.replace("ZZ,ZZ9.99-", "ZZ,ZZ9.99")
            : copybook);
    install(product, "stock.yaml", Files.readString(shelves.resolve("stock.yaml")));
    Browser anna = new Browser(product.site()).signIn("anna");
    Instant deadline = Instant.now().plus(PATIENCE);
    String words = look(anna, block);
    while (!block.lines().stream().allMatch(words::contains) && Instant.now().isBefore(deadline)) {
      TimeUnit.MILLISECONDS.sleep(250);
      words = look(anna, block);
    }
    assertThat(words).as(block.order()).contains(block.lines());
  }

  private static String look(Browser anna, Block block) {
    Browser.Page page = anna.get("/w/stock");
    if (!block.argument().isEmpty() && page.body().contains("name=\"v.shelf\"")) {
      page = anna.submit(page, Map.of("shelf", block.argument()));
    }
    String row = block.order().replaceFirst("page(?: behind (\\d+))?.*", "$1");
    Matcher link =
        Pattern.compile("(?s)>\\s*" + row + "\\b(?:(?!</tr>).)*?href=\"(/w/[^\"]+/row/[^\"]+)\"")
            .matcher(page.body());
    if (!row.isEmpty() && link.find()) {
      page = anna.get(link.group(1));
    }
    return page.words();
  }

  private static void install(Product product, String name, String text) throws IOException {
    Files.writeString(product.folder().resolve("etc/workflows").resolve(name), text);
  }

  private static void logged(Block block, Product product) throws InterruptedException {
    product.awaitLog("listener", block.text().strip());
  }

  private void checked(Block block, Product product) throws IOException {
    String good = Files.readString(shelves.resolve("stock.yaml"));
    install(
        product,
        "stock.yaml",
        good.replace("hint: ", "hnit: ").replace("shelf $shelf\n", "shelf $shelv\n"));
    List<String> words = new ArrayList<>(List.of("check"));
    if (!Product.isReal()) {
      words.add("--try-out");
    }
    words.addAll(List.of("--config", product.folder().resolve("etc/listener.yaml").toString()));
    List<String> found = problems(output(Product.command(words)));

    String promised = block.text().replace("/home/me/hitc-first", product.folder().toString());
    assertThat(found).isEqualTo(problems(promised)).hasSize(2);
  }

  /** Where and what; how a problem is drawn below that is not this page's business. */
  private static List<String> problems(String text) {
    return text.lines().filter(line -> line.contains(": error: ")).toList();
  }

  /** What a command prints, whatever its exit status. */
  private String output(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(shelves.toFile()).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
