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
import org.junit.jupiter.api.Nested;
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

  @Nested
  @DisplayName("with a workflow")
  class OfAWorkflow {
    private Path yaml = Path.of("/");
    private Path german = Path.of("/");

    @BeforeEach
    void definition() throws IOException {
      Path flows = Files.createDirectory(folder.resolve("flows"));
      yaml = flows.resolve("shelf.yaml");
      german = flows.resolve("shelf/messages/messages_de.properties");
      Files.writeString(flows.resolve("programs.yaml"), "programs: {}\n");
      Files.writeString(
          yaml,
          """
          workflow: shelf
          title: Shelves
          roles: [everyone]
          steps:
            - form: ask
              title: Shelf of $user's {old} store
              fields:
                shelf: { label: Shelf, choices: [A1, { value: not sure, label: Not sure }] }
            - report: rows
              title: On shelf $shelf
              program: stock
              columns:
                - { column: item, position: 1, pic: X(4), label: Item }
                - { column: left, position: 6, pic: Z9, label: Left }
              drill_down: one
            - report: one
              title: Item $row.item of shelf $shelf
              program: stock
              columns:
                - { column: item, position: 1, pic: X(4), label: Item }
          """);
    }

    private void replace(Path file, String line, String words) throws IOException {
      Files.writeString(
          file,
          Files.readString(file)
              .replaceFirst("(?m)^" + line, java.util.regex.Matcher.quoteReplacement(words)));
    }

    @Test
    @DisplayName("makes the folder and a file with all that a translator needs")
    void fresh() throws IOException {
      Said said = hitc("sync", yaml.toString(), "--language", "de");
      assertThat(said).isEqualTo(new Said(0, german + ": 10 to translate\n"));
      assertThat(Files.readString(german))
          .startsWith(
              """
              #. What the workflow is called, on the home page and above every page
              #. Screen: home page
              # @source Shelves
              # @missing
              title =

              #. Heading of a page that asks for something
              #. Screen: ask
              #. {user} is a text
              # @source Shelf of {user}''s '{old} store'
              # @missing
              ask.title =
              """)
          .contains(
              "#. One of the choices of the field \u201cShelf\u201d\n",
              "#. {rowItem} is a text\n",
              "# @source Item {rowItem} of shelf {shelf}\n");
      String once = Files.readString(german);
      hitc("sync", yaml.toString());
      assertThat(Files.readString(german)).isEqualTo(once);
    }

    @Test
    @DisplayName("lists every workflow of a folder and every language of each")
    void status() throws IOException {
      Files.copy(yaml.resolveSibling("shelf.yaml"), yaml.resolveSibling("other.yaml"));
      replace(yaml.resolveSibling("other.yaml"), "workflow: shelf", "workflow: other");
      hitc("sync", yaml.toString(), "--language", "de");
      replace(german, "title =", "title = Regale");
      hitc("sync", yaml.toString(), "--language", "ar");
      String flows = String.valueOf(yaml.getParent());
      assertThat(hitc("status", flows, folder.toString()))
          .isEqualTo(
              new Said(
                  0,
                  flows
                      + "/other.yaml: no translation yet\n"
                      + german.resolveSibling("messages_ar.properties")
                      + ": 0 of 10 translated, 0 stale, 0 obsolete\n"
                      + german
                      + ": 1 of 10 translated, 0 stale, 0 obsolete\n"
                      + folder.resolve("messages_en.properties")
                      + ": no translation yet\n"));
      Files.writeString(yaml, "workflow: shelf\ntitel: x\n");
      Said broken = hitc("status", flows);
      assertThat(broken.exit()).isEqualTo(1);
      assertThat(broken.output())
          .contains(yaml + ":2:1: error: ", "other.yaml: no translation yet");
      assertThat(hitc("sync", yaml.toString()).exit()).isEqualTo(1);
    }

    @Test
    @DisplayName("names a misspelt placeholder with file and line, in words")
    void misspelt() throws IOException {
      hitc("sync", yaml.toString(), "--language", "de");
      replace(german, "rows.title =", "rows.title = Auf Regal {regal}");
      long line =
          Files.readString(german).lines().toList().indexOf("rows.title = Auf Regal {regal}");
      Said said = hitc("check", yaml.toString());
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.output())
          .contains(
              german
                  + ":"
                  + (line + 1)
                  + ": L03 error: rows.title: nothing fills in {regal}; the source has {shelf}");
    }

    @Test
    @DisplayName("keeps words whose source was reworded, and shows the old one until they change")
    void reworded() throws IOException {
      hitc("sync", yaml.toString(), "--language", "de");
      replace(german, "rows.title =", "rows.title = Auf Regal {shelf}");
      hitc("sync", yaml.toString());
      Files.writeString(
          yaml, Files.readString(yaml).replace("title: On shelf $shelf", "title: In box $shelf"));
      assertThat(hitc("sync", yaml.toString()).output()).contains("9 to translate, 1 stale");
      assertThat(Files.readString(german))
          .contains(
              """
              # @source In box {shelf}
              # @was On shelf {shelf}
              """)
          .contains("rows.title = Auf Regal {shelf}\n");
      assertThat(hitc("check", yaml.toString()).output())
          .contains("L15 warning: rows.title: ", "[-On-]", "{+In+}", "ok\n");

      replace(german, "rows.title = .*", "rows.title = In Kiste {shelf}");
      hitc("sync", yaml.toString());
      assertThat(Files.readString(german)).doesNotContain("@was");
      assertThat(hitc("status", yaml.toString()).output()).contains("1 of 10", "0 stale");
    }

    @Test
    @DisplayName("keeps words whose name is gone, and takes them back with it")
    void renamed() throws IOException {
      hitc("sync", yaml.toString(), "--language", "de");
      replace(german, "rows.title =", "rows.title = Auf Regal {shelf}");
      hitc("sync", yaml.toString());
      String before = Files.readString(german);
      String old = Files.readString(yaml);
      Files.writeString(yaml, old.replace("report: rows", "report: lines"));
      hitc("sync", yaml.toString());
      assertThat(Files.readString(german))
          .contains("lines.title =\n", "#~ rows.title = Auf Regal {shelf}\n")
          .doesNotContain("\nrows.title");
      assertThat(hitc("check", yaml.toString()).output()).endsWith("ok\n");
      assertThat(hitc("status", yaml.toString()).output()).contains("1 obsolete");
      Files.writeString(yaml, old);
      hitc("sync", yaml.toString());
      assertThat(Files.readString(german)).isEqualTo(before);
    }

    @Test
    @DisplayName("leaves the words of programs where they are")
    void programs() throws IOException {
      hitc("sync", yaml.toString(), "--language", "de");
      Files.writeString(
          german, Files.readString(german) + "\n# Said by STOCK\nmessages.stock.noshelf = Nein!\n");
      hitc("sync", yaml.toString());
      assertThat(Files.readString(german))
          .endsWith("\n\n# Said by STOCK\nmessages.stock.noshelf = Nein!\n");
      assertThat(hitc("check", yaml.toString()).output()).endsWith("ok\n");
      assertThat(hitc("status", yaml.toString()).output()).contains("0 obsolete");
    }

    @ParameterizedTest(name = "{0} comes back as it went out, byte for byte")
    @EnumSource(Format.class)
    void roundTrip(Format format) throws IOException {
      hitc("sync", yaml.toString(), "--language", "de");
      replace(german, "title =", "title = Regale");
      replace(german, "ask.title =", "ask.title = '{Regal}' d''{user}, \u201eso\u201c");
      replace(german, "one.title =", "one.title = {rowItem} <- {shelf}");
      Files.writeString(german, Files.readString(german) + "\nmessages.stock.noshelf = Nein!\n");
      hitc("sync", yaml.toString());
      Files.writeString(
          yaml, Files.readString(yaml).replace("title: Shelves", "title: \"Shelves & <more>\""));
      hitc("sync", yaml.toString());
      byte[] before = Files.readAllBytes(german);
      Path out = folder.resolve("out");
      List<String> words =
          List.of(yaml.toString(), "--language", "de", "--format", format.name(), "--to");
      List<String> back =
          List.of(yaml.toString(), "--language", "de", "--format", format.name(), "--from");

      assertThat(hitc(with("export", words, out)).exit()).isZero();
      byte[] exported = Files.readAllBytes(out);
      Said said = hitc(with("import", back, out));
      assertThat(said.exit()).as(said.output()).isZero();
      assertThat(german).hasBinaryContent(before);
      hitc(with("export", words, out));
      assertThat(out).hasBinaryContent(exported);

      // To a place where there is nothing yet.
      Files.delete(german);
      Files.delete(german.getParent());
      assertThat(hitc(with("import", back, out)).exit()).isZero();
      assertThat(Files.readString(german))
          .contains("ask.title = '{Regal}' d''{user}, \u201eso\u201c\n")
          .contains("title =\n");
    }

    @Test
    @DisplayName("says which arguments it takes")
    void nothing() throws IOException {
      Path empty = Files.createDirectory(folder.resolve("empty"));
      StringBuilder said = new StringBuilder();
      CommandLine line = new CommandLine(new I18nCommand());
      line.setExecutionExceptionHandler((problem, _, _) -> {
        said.append(problem.getMessage());
        return 1;
      });
      assertThat(line.execute("status", empty.toString())).isEqualTo(1);
      assertThat(said).contains("messages_en.properties", "NAME.yaml");
    }
  }

  @Test
  @DisplayName("finds no error in the samples")
  void samples() {
    Said said = hitc("check", "../workflows/examples");
    assertThat(said.output()).endsWith("ok\n").doesNotContain("error");
    assertThat(hitc("status", "../workflows/examples").output().lines())
        .hasSizeGreaterThanOrEqualTo(6);
  }
}
