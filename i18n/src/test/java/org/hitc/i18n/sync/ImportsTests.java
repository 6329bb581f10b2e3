package org.hitc.i18n.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hitc.i18n.Language;
import org.hitc.i18n.Rule;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.exchange.Exchange;
import org.hitc.i18n.exchange.Format;
import org.hitc.i18n.exchange.Received;
import org.hitc.i18n.exchange.Unit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Translations that come back")
class ImportsTests {
  private static final BundleFile SOURCE =
      SyncTests.source(
          """
          # Title
          # @args period:text
          title = Budget of {period}

          # Button
          send = Send

          # Counts
          # @args n:number
          rows = {n, plural, one {# row} other {# rows}}
          """);

  private static Unit done(String key, String source, String target) {
    return new Unit(
        key, source, Optional.of(target), Unit.State.TRANSLATED, Optional.empty(), List.of());
  }

  private static Imported into(String current, Unit... units) {
    return Imports.into(
        SOURCE,
        "de",
        Language.of("de"),
        current.getBytes(UTF_8),
        new Exchange("en", "de", List.of(units)),
        Samples.NONE);
  }

  private static Imported.Written written(Imported imported) {
    return switch (imported) {
      case Imported.Written written -> written;
      case Imported.Refused(var findings) -> throw new AssertionError(findings);
    };
  }

  @Test
  void are_taken_when_they_are_good() {
    Imported.Written written =
        written(
            into(
                "# Mine.\nsend = Absenden\n",
                done("title", "Budget of {period}", "Budget {period}"),
                done("send", "Send", "Abschicken")));
    assertThat(written.taken()).containsExactly("title", "send");
    assertThat(written.text()).contains("title = Budget {period}\n", "# Mine.\n");
    assertThat(written.text()).contains("send = Abschicken\n").doesNotContain("Absenden");
  }

  @Test
  void replace_nothing_when_one_of_them_is_wrong() {
    assertThat(
            into(
                "send = Absenden\n",
                done("send", "Send", "Abschicken"),
                done("title", "Budget of {period}", "Budget {monat}")))
        .isInstanceOfSatisfying(
            Imported.Refused.class,
            refused ->
                assertThat(refused.findings())
                    .anyMatch(f -> f.rule() == Rule.L03 && f.key().equals("title")));
    assertThat(into("", done("send", "Send", "Siehe https://x.example")))
        .isInstanceOf(Imported.Refused.class);
    assertThat(into("", done("send", "Send", "Cafe\u0301"))).isInstanceOf(Imported.Refused.class);
    assertThat(into("send = 1\nsend = 2", done("send", "Send", "Ab")))
        .isInstanceOf(Imported.Refused.class);
  }

  @Test
  void are_left_out_with_a_reason_when_they_are_of_another_source_or_of_none() {
    Imported.Written written =
        written(into("", done("send", "Submit", "Einreichen"), done("gone", "x", "y")));
    assertThat(written.taken()).isEmpty();
    assertThat(written.findings())
        .extracting(f -> f.rule() + " " + f.key())
        .containsExactly("L15 send", "L03 gone");
  }

  @Test
  void confirm_old_words_when_they_come_back_as_done() {
    String stale =
        "# @source Submit\n# @of "
            + org.hitc.i18n.Fingerprints.of("Submit", "Absenden")
            + "\nsend = Absenden\n";
    assertThat(Exports.of(SOURCE, SyncTests.german(stale)).units())
        .filteredOn(u -> u.key().equals("send"))
        .singleElement()
        .isEqualTo(
            new Unit(
                "send",
                "Send",
                Optional.of("Absenden"),
                Unit.State.STALE,
                Optional.of("Submit"),
                List.of("Button")));
    String confirmed = written(into(stale, done("send", "Send", "Absenden"))).text();
    assertThat(Exports.of(SOURCE, SyncTests.german(confirmed)).units())
        .filteredOn(u -> u.key().equals("send"))
        .extracting(Unit::state)
        .containsExactly(Unit.State.TRANSLATED);
  }

  @Test
  void are_refused_when_they_are_in_another_language() {
    assertThat(
            Imports.into(
                SOURCE,
                "fr",
                Language.of("fr"),
                new byte[0],
                new Exchange("en", "de", List.of()),
                Samples.NONE))
        .isInstanceOf(Imported.Refused.class);
  }

  /** What a translator does with a tool, in each format. */
  @ParameterizedTest
  @EnumSource
  void make_the_way_through_a_file_and_leave_the_same_file(Format format) {
    String current =
        written(
                into(
                    "",
                    done("title", "Budget of {period}", "Budget {period}"),
                    done(
                        "rows",
                        "{n, plural, one {# row} other {# rows}}",
                        "{n, plural, one {# Zeile} other {# Zeilen}}")))
            .text();
    Exchange out = Exports.of(SOURCE, SyncTests.german(current));
    Received back = format.read(format.write(out).getBytes(UTF_8));
    assertThat(back).isEqualTo(new Received.Whole(out));
    assertThat(
            written(
                    Imports.into(
                        SOURCE,
                        "de",
                        Language.of("de"),
                        current.getBytes(UTF_8),
                        out,
                        Samples.NONE))
                .text())
        .isEqualTo(current);
  }
}
