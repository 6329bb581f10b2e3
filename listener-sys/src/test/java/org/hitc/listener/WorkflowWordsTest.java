package org.hitc.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hitc.channel.os.PosixFiles;
import org.hitc.i18n.Language;
import org.hitc.i18n.Messages;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.config.Programs;
import org.hitc.listener.launcher.SafePath;
import org.hitc.workflow.yaml.KnownPrograms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The translations of a workflow are checked before they are used. Attacks 191 and 193. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class WorkflowWordsTest {
  private static final String GOOD = "title = Regale\nask.title = Regal von {user}?\n";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path temporary;
  private Path folder = Path.of("/");
  private Path german = Path.of("/");

  @BeforeEach
  void a_workflow_with_words() throws IOException {
    folder = folder(temporary.resolve("workflows"));
    Path own = folder(folder.resolve("shelf"));
    german = folder(own.resolve("messages")).resolve("messages_de.properties");
    write(
        folder.resolve("shelf.yaml"),
        """
        workflow: shelf
        title: Shelves
        roles: [everyone]
        steps:
          - form: ask
            title: Shelf of $user?
            fields:
              shelf: { label: Shelf }
          - done: end
            title: Press <Enter>
        """
            .getBytes(UTF_8));
    write(german, GOOD.getBytes(UTF_8));
  }

  private static Path folder(Path path) throws IOException {
    Files.createDirectory(path);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static SiteFolder site() {
    return Listener.site(Path.of("/nonexistent"), ZoneOffset.UTC);
  }

  private static Messages product() {
    return site().shipped();
  }

  private Definitions load() throws IOException {
    return Definitions.load(
        folder,
        SafePath.ownedByRootOr(PosixFiles.geteuid()),
        KnownPrograms.named(Set.of()),
        product());
  }

  private static String german(Messages messages, String key) {
    return messages
        .in(Language.of("de"))
        .textOr(key, "(none)", Language.of("en"), Map.of("user", "anna"))
        .value();
  }

  private List<String> warnings() throws IOException {
    Definitions definitions = load();
    assertThat(definitions.problems()).isEmpty();
    return definitions.findings().stream().map(Finding::text).toList();
  }

  @Test
  void what_is_right_is_used_and_what_is_missing_is_one_warning() throws IOException {
    assertThat(german(load().byName().values().iterator().next().messages(), "ask.title"))
        .isEqualTo("Regal von anna?");
    assertThat(warnings())
        .containsExactly(
            german
                + ": warning: 2 without a translation: ask.shelf.label, end.title"
                + " [WORDS_MISSING]");
  }

  /** A line, and the rule that refuses it. */
  record Hostile(String line, String rule) {
    @Override
    public String toString() {
      return rule + " " + line.substring(0, Math.min(40, line.length()));
    }
  }

  static Stream<Hostile> hostile() {
    return Stream.of(
        new Hostile("ask.title = <b>Regal</b> von {user}?", "L10"),
        new Hostile("ask.title = <img src=x onerror=alert(1)> {user}?", "L10"),
        new Hostile("ask.title = Regal &amp; {user}?", "L10"),
        new Hostile("ask.title = Regal von {konto}?", "L03"),
        new Hostile("ask.title = Regal {shelf} von {user}?", "L03"),
        new Hostile("ask.title = Regal von {0}?", "L02"),
        new Hostile("ask.title = Regal von {user, number}?", "L04"),
        new Hostile("ask.title = {user, plural, one {#} other {#}}?", "L04"),
        new Hostile("ask.title = {user, choice, 0#a|1#b}?", "L02"),
        new Hostile("ask.title = {0,choice,0#a|1#b}?", "L02"),
        new Hostile("ask.title = Regal von {user?", "L08"),
        new Hostile("ask.title = Regal von user}?", "L08"),
        new Hostile("ask.title = Regal d'{user}?", "L08"),
        new Hostile("ask.title = Regal d'{user'?", "L08"),
        new Hostile("ask.title = Regal von '{user}?", "L08"),
        new Hostile("ask.title = {2147483647}", "L02"),
        new Hostile("ask.title = Regal\u202e von {user}?", "L11"),
        new Hostile("ask.title = Regal\\u202e von {user}?", "L11"),
        new Hostile("ask.title = Regal\u0000 von {user}?", "L11"),
        new Hostile("ask.title = Regal\\u0000 von {user}?", "L11"),
        new Hostile("ask.title = Siehe https://example.org, {user}?", "L18"),
        new Hostile("ask.title = " + "x".repeat(8_193), "L16"),
        new Hostile("ask.title = " + "{user}".repeat(101), "L16"),
        new Hostile("ask.title = " + "{user,select,other{".repeat(5) + "}}".repeat(5), "L16"),
        new Hostile("ask.titel = Regal", "L03"),
        new Hostile("button.continue = Alles l\u00f6schen", "L03"),
        new Hostile("messages.fis.closed = {period} ist zu", "L03"),
        new Hostile("messages.fis.closed = <b>zu</b>", "L10"),
        new Hostile("end.title = <b>Eingabe</b> dr\u00fccken", "L10"),
        new Hostile("title = Noch einmal", "L01"),
        new Hostile("ask.title", "L01"),
        new Hostile("ask.title = Caf\\q", "L01"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void what_breaks_a_rule_is_refused_with_its_line(Hostile hostile) throws IOException {
    write(german, ("title = Regale\n# Note\n" + hostile.line() + "\n").getBytes(UTF_8));
    Definitions definitions = load();
    assertThat(definitions.byName()).isEmpty();
    assertThat(definitions.problems())
        .anyMatch(problem ->
            problem.startsWith(german + ":3: error: " + hostile.rule() + ": ")
                && problem.endsWith(" [WORDS_FILE]"));
  }

  @Test
  void what_is_not_utf8_is_refused_with_its_line() throws IOException {
    write(german, "title = Regale\nask.title = B\u00fcro von {user}?\n".getBytes(ISO_8859_1));
    assertThat(load().problems())
        .containsExactly(german + ":2: error: L01: is not UTF-8 [WORDS_FILE]");
  }

  @Test
  void a_huge_file_is_refused() throws IOException {
    write(german, "#".repeat((4 << 20) + 1).getBytes(UTF_8));
    assertThat(load().problems())
        .singleElement()
        .asString()
        .contains(german.toString(), "L16", "4 MiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"messages.properties", "messages_de_DE.properties", "messages_.properties"})
  void a_file_whose_name_is_of_no_language_is_refused(String name) throws IOException {
    write(german.resolveSibling(name), GOOD.getBytes(UTF_8));
    assertThat(load().problems()).singleElement().asString().contains(name, "wrong name");
  }

  @Test
  void a_file_that_others_can_write_is_not_believed() throws IOException {
    Files.setPosixFilePermissions(german, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(load().problems()).singleElement().asString().contains("writable", "[PATH_UNSAFE]");
  }

  @Test
  void a_folder_in_the_place_of_a_file_is_refused() throws IOException {
    Files.createDirectory(german.resolveSibling("messages_fr.properties"));
    assertThat(load().problems()).singleElement().asString().contains("messages_fr.properties");
  }

  @Test
  void errors_and_doubts_do_not_flood() throws IOException {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      many.append("x").append(i).append(" = Wort\n");
    }
    write(german, many.toString().getBytes(UTF_8));
    assertThat(load().problems())
        .hasSize(21)
        .last()
        .asString()
        .contains("80 more", "hitc i18n check " + folder.resolve("shelf.yaml"));
  }

  @Test
  void what_is_doubtful_is_a_warning_and_advice_is_not_told() throws IOException {
    write(german, (GOOD + "ask.shelf.label = Shelf\n").getBytes(UTF_8));
    assertThat(warnings())
        .anyMatch(text ->
            text.startsWith(german + ":3: warning: L14: ask.shelf.label: ")
                && text.endsWith("[WORDS_DOUBTFUL]"));
    // Two sentences in one message are advice.
    write(
        folder.resolve("shelf.yaml"),
        Files.readString(folder.resolve("shelf.yaml"))
            .replace("title: Shelves", "title: Shelves. All of them.")
            .getBytes(UTF_8));
    write(german, "title = Regale. Alle.\n".getBytes(UTF_8));
    assertThat(warnings()).noneMatch(text -> text.contains("L17"));
  }

  @Test
  void a_workflow_can_have_words_for_its_programs_in_its_own_language() throws IOException {
    write(
        german.resolveSibling("messages_en.properties"),
        "messages.fis.closed = Closed\n".getBytes(UTF_8));
    assertThat(warnings()).noneMatch(text -> text.contains("messages_en"));
  }

  @Test
  void a_text_may_look_like_a_tag_when_its_source_does() throws IOException {
    write(german, (GOOD + "end.title = <Enter> dr\u00fccken\n").getBytes(UTF_8));
    assertThat(load().problems()).isEmpty();
  }

  @Test
  void while_words_are_hostile_the_old_ones_are_in_use() throws Exception {
    Path programs = temporary.resolve("programs.yaml");
    write(programs, "programs: {}\n".getBytes(UTF_8));
    Path log = temporary.resolve("audit.log");
    SafePath trust = SafePath.ownedByRootOr(PosixFiles.geteuid());
    LiveDefinitions.Source source =
        new LiveDefinitions.Source(programs, folder, trust, PosixFiles.geteuid(), site());
    try (AuditLog audit = AuditLog.open(log, InstantSource.system());
        LiveDefinitions live =
            LiveDefinitions.start(
                source, Programs.load(programs, trust, PosixFiles.geteuid()), audit)) {
      List<Hostile> all = new ArrayList<>(hostile().toList());
      for (Hostile hostile : all.subList(0, 5)) {
        long before = refusals(log);
        write(german, ("# Note\n" + hostile.line() + "\n").getBytes(UTF_8));
        live.reload();
        await(() -> refusals(log) > before);
        assertThat(german(live.get().current("shelf").orElseThrow().messages(), "title"))
            .isEqualTo("Regale");
      }
      write(german, "title = Bretter\n".getBytes(UTF_8));
      live.reload();
      await(() ->
          german(live.get().current("shelf").orElseThrow().messages(), "title").equals("Bretter"));
    }
  }

  private static long refusals(Path log) throws IOException {
    return Files.readString(log).lines().filter(line -> line.contains("\"shelf.yaml\"")).count();
  }

  /** Something that becomes true. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
  }
}
