package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pseudo-locale")
class PseudoLocaleTests {

  private static String said(PseudoLocale pseudo, String pattern, Map<String, ?> arguments)
      throws Exception {
    return Proof.in(pseudo.language())
        .show(pseudo.message("a.key", Message.parse(pattern)), arguments)
        .words();
  }

  @Test
  void has_accents_and_about_forty_percent_more_letters() throws Exception {
    assertThat(said(PseudoLocale.ACCENTED, "Budget of {account}", Map.of("account", "A1")))
        .isEqualTo("Ɓûûđĝééţ ööƒ A1");
    String english =
        "The service could not read its own request. Please try again later, or ask for help.";
    int longer = said(PseudoLocale.ACCENTED, english, Map.of()).length();
    assertThat(longer * 100 / english.length()).isBetween(125, 150);
  }

  @Test
  void runs_from_right_to_left() throws Exception {
    assertThat(PseudoLocale.MIRRORED.language().direction()).isEqualTo(Direction.RTL);
    String said = said(PseudoLocale.MIRRORED, "Budget of {account}", Map.of("account", "A1"));
    assertThat(said).endsWith(" A1").matches("[\\p{IsArabic} ]+ A1");
    assertThat(said.codePoints()).noneMatch(Characters::forbidden);
  }

  @Test
  void stands_in_brackets() throws Exception {
    assertThat(said(PseudoLocale.BRACKETED, "Budget of {account}", Map.of("account", "A1")))
        .isEqualTo("⟦Budget of A1⟧");
  }

  @Test
  void leaves_values_plurals_and_tags_alone() throws Exception {
    String rows = "<b>{n, plural, =0 {none} one {# row} other {# rows}}</b>";
    assertThat(said(PseudoLocale.ACCENTED, rows, Map.of("n", 1))).isEqualTo("<b>1 ŕööŵ</b>");
    assertThat(said(PseudoLocale.ACCENTED, rows, Map.of("n", 0))).isEqualTo("<b>ñööñéé</b>");
    assertThat(said(PseudoLocale.BRACKETED, rows, Map.of("n", 2))).isEqualTo("⟦<b>2 rows</b>⟧");
    for (int n : new int[] {0, 1, 2, 3, 11, 100}) {
      assertThat(said(PseudoLocale.MIRRORED, rows, Map.of("n", n))).startsWith("<b>");
    }
    SplittableRandom random = new SplittableRandom(7);
    RandomMessages messages = new RandomMessages(random);
    for (int i = 0; i < 500; i++) {
      Message message = Message.parse(messages.pattern());
      for (PseudoLocale pseudo : PseudoLocale.values()) {
        assertThat(
                Proof.in(pseudo.language())
                    .show(pseudo.message("a.key", message), messages.values())
                    .unusable())
            .isEmpty();
      }
    }
  }

  @Test
  void is_in_a_snapshot_only_when_it_is_asked_for() {
    Languages offered = Languages.of(List.of("en", "de"));
    Messages messages =
        switch (Messages.load(
            offered,
            offered.byDefault(),
            ZoneOffset.UTC,
            List.of(new Layer.Product(PseudoLocaleTests.class)))) {
          case Loading.Loaded(Messages loaded) -> loaded;
          case Loading.Refused(List<Problem> problems) -> throw new AssertionError(problems);
        };
    Language pseudo = PseudoLocale.ACCENTED.language();
    assertThatThrownBy(() -> messages.in(pseudo)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Languages.of(List.of("en-XA")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(offered.withPseudoLocales().withTag("en-XA")).contains(pseudo);
    Catalogue words = messages.withPseudoLocales().in(pseudo);
    assertThat(words.text("rows", Map.of("n", 1)).language()).isEqualTo("en-XA");
    assertThat(words.text("rows", Map.of("n", 1)).value()).contains("ŕööŵ");
    assertThat(words.textOr("none", "Label", Language.of("en"), Map.of()))
        .isEqualTo(new Rendered("Ļààƀééļ", "en-XA"));
  }
}
