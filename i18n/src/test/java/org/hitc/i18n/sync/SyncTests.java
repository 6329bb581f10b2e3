package org.hitc.i18n.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Fingerprints;
import org.hitc.i18n.Language;
import org.hitc.i18n.Metadata;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Samples;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Synchronizing a translator's file")
class SyncTests {
  private static final String SOURCE =
      """
      # description Title of the page
      # @args period:text
      # @max 40
      # @screen report
      title = Budget of {period}

      # Button
      send = Send
      """;

  static BundleFile source(String text) {
    return BundleFile.read("en", Language.of("en"), text.getBytes(UTF_8));
  }

  static BundleFile german(String text) {
    return BundleFile.read("de", Language.of("de"), text.getBytes(UTF_8));
  }

  private static Synced.Written written(String source, String translation) {
    return switch (Sync.sync(source(source), "de", translation.getBytes(UTF_8))) {
      case Synced.Written written -> written;
      case Synced.Refused(var problems) -> throw new AssertionError(problems);
    };
  }

  private static String text(String source, String translation) {
    return written(source, translation).text();
  }

  @Test
  void makes_the_file_of_a_new_language_with_all_that_a_translator_needs() {
    Synced.Written made = written(SOURCE, "");
    assertThat(made.text())
        .isEqualTo(
            """
            #. Title of the page
            #. Screen: report
            #. {period} is a text
            #. No longer than 40 characters
            # @source Budget of {period}
            # @missing
            title =

            #. Button
            # @source Send
            # @missing
            send =
            """);
    assertThat(made.missing()).containsExactly("title", "send");
    assertThat(german(made.text()).entries()).isEmpty();
    assertThat(BundleCheck.check(source(SOURCE), List.of(german(made.text())), Samples.NONE))
        .isEmpty();
  }

  @Test
  void keeps_what_is_there_and_puts_it_in_the_order_of_the_source() {
    String old =
        """
        # German words. Ask Anna.

        # Verb, not noun.
        send = Absenden
        title = Budget \\
          {period}
        """;
    String made = text(SOURCE, old);
    assertThat(made)
        .isEqualTo(
            """
            # German words. Ask Anna.

            #. Title of the page
            #. Screen: report
            #. {period} is a text
            #. No longer than 40 characters
            # @source Budget of {period}
            # @of %s
            title = Budget \\
              {period}

            #. Button
            # @source Send
            # Verb, not noun.
            # @of %s
            send = Absenden
            """
                .formatted(
                    Fingerprints.of("Budget of {period}", "Budget {period}"),
                    Fingerprints.of("Send", "Absenden")));
    assertThat(text(SOURCE, made)).isEqualTo(made);
  }

  @Test
  void marks_words_whose_source_has_changed_until_somebody_has_looked_at_them() {
    String first = text(SOURCE, "title = Budget {period}\nsend = Absenden\n");
    String reworded = SOURCE.replace("= Send", "= Send it");
    Synced.Written second = written(reworded, first);
    assertThat(second.stale()).containsExactly("send");
    assertThat(second.text())
        .contains("# @source Send it\n# @was Send\n# @of " + Fingerprints.of("Send", "Absenden"));
    assertThat(text(reworded, second.text())).isEqualTo(second.text());
    assertThat(BundleCheck.check(source(reworded), List.of(german(second.text())), Samples.NONE))
        .singleElement()
        .asString()
        .contains("L15 warning: send: the source has changed since: Send{+ it+}");

    Synced.Written changed = written(reworded, second.text().replace("Absenden", "Abschicken"));
    assertThat(changed.stale()).isEmpty();
    assertThat(changed.text()).doesNotContain("@was");

    String confirmed =
        String.join("\n", second.text().lines().filter(l -> !l.startsWith("# @of")).toList());
    assertThat(written(reworded, confirmed).stale()).isEmpty();
    assertThat(written(SOURCE, second.text()).stale()).as("back again").isEmpty();
  }

  @Test
  void keeps_what_the_source_has_no_more_and_brings_it_back() {
    String first = text(SOURCE, "title = Budget {period}\n# Verb.\nsend = Ab\\\n  senden\n");
    String without = SOURCE.substring(0, SOURCE.indexOf("# Button"));
    Synced.Written second = written(without, first);
    assertThat(second.obsolete()).containsExactly("send");
    assertThat(second.text())
        .endsWith(
            TranslatorFile.OBSOLETE_TITLE
                + "\n#~\n#~ # Verb.\n#~ # @source Send\n#~ # @of "
                + Fingerprints.of("Send", "Absenden")
                + "\n#~ send = Ab\\\n#~   senden\n");
    assertThat(german(second.text()).entries().stream().map(Entry::key)).containsExactly("title");
    assertThat(text(without, second.text())).isEqualTo(second.text());
    assertThat(text(SOURCE, second.text())).isEqualTo(first);
    assertThat(written(SOURCE.replace("= Send", "= Send it"), second.text()).stale())
        .containsExactly("send");
  }

  @Test
  void fills_in_what_was_missing_when_words_come() {
    String made = text(SOURCE, "");
    Synced.Written filled = written(SOURCE, made.replace("send =", "send = Absenden"));
    assertThat(filled.missing()).containsExactly("title");
    assertThat(filled.text()).contains("# @of " + Fingerprints.of("Send", "Absenden"));
    assertThat(german(filled.text()).entries()).hasSize(1);
  }

  @Test
  void keeps_the_ends_of_lines() {
    String made = text(SOURCE, "send = Absenden\r\n");
    assertThat(made).contains("\r\n").doesNotContainPattern("[^\r]\n");
    assertThat(text(SOURCE, made)).isEqualTo(made);
  }

  @Test
  void leaves_a_file_alone_that_cannot_be_read() {
    assertThat(Sync.sync(source(SOURCE), "de", "send = 1\nsend = 2\n".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Synced.Refused.class,
            refused ->
                assertThat(refused.problems()).singleElement().asString().startsWith("de:2:"));
  }

  @Test
  void changes_nothing_when_done_again_and_loses_no_words_whatever_the_files_are() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("SyncTests: -Dseed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder english = new StringBuilder();
      StringBuilder german = new StringBuilder();
      List<String> words = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        if (random.nextBoolean()) {
          english.append("# About.\nk").append(k).append(" = Word ").append(random.nextInt(3));
          english.append('\n');
        }
        if (random.nextBoolean()) {
          String word = "Wort" + random.nextInt(1_000) + (random.nextBoolean() ? "\\u0020" : "x");
          words.add(word);
          german
              .append(
                  List.of("", "# note " + k + "\n", "# group\n\n", "\n\n").get(random.nextInt(4)))
              .append("k" + k + List.of(" = ", "=", "   =  ").get(random.nextInt(3)))
              .append(random.nextBoolean() ? "\\\n   " : "")
              .append(word)
              .append('\n');
        }
      }
      String once = text(english.toString(), german.toString());
      assertThat(text(english.toString(), once)).as("seed %d, <%s>", seed, german).isEqualTo(once);
      assertThat(words).allMatch(once::contains);
      String later = text(english.toString().replace("Word 1", "Word 4").replace("k2", "q"), once);
      assertThat(words).allMatch(later::contains);
      assertThat(german.toString().lines().filter(l -> l.startsWith("# ")))
          .allMatch(later::contains);
    }
  }

  private static String ofTexts(String label, String translation) {
    BundleFile texts =
        BundleFile.of(
            "w.yaml",
            Language.of("en"),
            List.of(Entry.literal("ask.label", label, 7, Metadata.NONE)),
            key -> key.startsWith("messages."));
    return switch (Sync.sync(texts, "de", translation.getBytes(UTF_8))) {
      case Synced.Written written -> written.text();
      case Synced.Refused(var problems) -> throw new AssertionError(problems);
    };
  }

  @Test
  void keeps_words_whose_source_stands_elsewhere_in_use() {
    String text =
        ofTexts(
            "Account",
            """
            # What the program says
            messages.fis.closed = Zu

            # Why not
            messages.fis.open = \\
              Offen
            gone.label = Weg
            #~ messages.fis.late = Zu sp\u00e4t
            """);
    assertThat(text)
        .contains(
            "ask.label =\n\nmessages.fis.late = Zu sp\u00e4t\n\n"
                + "# What the program says\nmessages.fis.closed = Zu\n\n"
                + "# Why not\nmessages.fis.open = \\\n  Offen\n\n"
                + TranslatorFile.OBSOLETE_TITLE)
        .endsWith("#~\n#~ gone.label = Weg\n");
    assertThat(ofTexts("Account", text)).isEqualTo(text);
  }
}
