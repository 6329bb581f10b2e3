package org.hitc.listener.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hitc.i18n.exchange.Format;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@DisplayName("hitc i18n")
final class I18nCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void source() throws IOException {
    Files.writeString(
        folder.resolve("messages_en.properties"),
        """
        # What a page is called.
        title = Shelves
        # How many there are.
        # @args count:number
        count = {count, plural, one {# shelf} other {# shelves}}
        """);
  }

  /** What a command said. */
  private record Said(int exit, String output) {}

  private static Said hitc(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    try {
      int exit = new CommandLine(new I18nCommand()).execute(words);
      return new Said(exit, output.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  @ParameterizedTest(name = "finds no error in the product''s own words: {0}")
  @ValueSource(
      strings = {
        "../channel/src/main/resources/org/hitc/channel/messages",
        "../gateway-web/src/main/resources/org/hitc/gateway/messages",
        "src/main/resources/org/hitc/listener/messages"
      })
  void product(String messages) {
    Said said = hitc("check", messages);
    assertThat(said.output()).endsWith("ok\n");
    assertThat(said.exit()).isZero();
  }

  @Test
  @DisplayName("makes a new language, says what is left to do, and finds what is wrong")
  void translator() throws IOException {
    assertThat(hitc("sync", folder.toString(), "--language", "de").output())
        .contains("messages_de.properties: 2 to translate");
    Path file = folder.resolve("messages_de.properties");
    assertThat(hitc("status", folder.toString()).output()).contains("0 of 2 translated");

    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("(?m)^title =.*$", "title = Regale")
            .replaceFirst("(?m)^count =.*$", "count = {number} Regale"));
    Said wrong = hitc("check", folder.toString());
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.output()).contains("messages_de.properties:", "L03 error: count");

    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "(?m)^count =.*$", "count = {count, plural, one {# Regal} other {# Regale}}"));
    Said right = hitc("check", folder.toString());
    assertThat(right.exit()).as(right.output() + Files.readString(file)).isZero();
    assertThat(hitc("status", folder.toString()).output()).contains("2 of 2 translated");
  }

  @ParameterizedTest(name = "gives out and takes back {0}")
  @EnumSource(Format.class)
  void exchange(Format format) throws IOException {
    hitc("sync", folder.toString(), "--language", "de");
    Path file = folder.resolve("messages_de.properties");
    Files.writeString(
        file, Files.readString(file).replaceFirst("(?m)^title =.*$", "title = Regale"));
    Path out = folder.resolve("out");
    List<String> words =
        List.of(folder.toString(), "--language", "de", "--format", format.name(), "--to");

    assertThat(hitc(with("export", words, out)).exit()).isZero();
    Files.writeString(out, Files.readString(out).replace("Regale", "Bretter"));
    List<String> back =
        List.of(folder.toString(), "--language", "de", "--format", format.name(), "--from");
    Said said = hitc(with("import", back, out));

    assertThat(said.exit()).as(said.output()).isZero();
    assertThat(Files.readString(file)).contains("title = Bretter");

    Files.writeString(out, "nonsense");
    assertThat(hitc(with("import", back, out)).exit()).isEqualTo(1);
    assertThat(Files.readString(file)).contains("title = Bretter");
  }

  private static String[] with(String command, List<String> words, Path file) {
    List<String> all = new java.util.ArrayList<>(List.of(command));
    all.addAll(words);
    all.add(file.toString());
    return all.toArray(String[]::new);
  }
}
