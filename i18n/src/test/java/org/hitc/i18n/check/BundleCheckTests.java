package org.hitc.i18n.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.hitc.i18n.Rule.*;
import static org.hitc.i18n.check.Severity.ADVICE;
import static org.hitc.i18n.check.Severity.ERROR;
import static org.hitc.i18n.check.Severity.WARNING;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Fingerprints;
import org.hitc.i18n.Language;
import org.hitc.i18n.Metadata;
import org.hitc.i18n.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The check of messages")
class BundleCheckTests {

  private static BundleFile file(String name, String tag, String text) {
    return BundleFile.read(name, Language.of(tag), text.getBytes(UTF_8));
  }

  private static List<Finding> source(String text) {
    return BundleCheck.check(file("en", "en", text), List.of(), Samples.NONE);
  }

  private static List<Finding> translation(String source, String tag, String text) {
    return BundleCheck.check(file("en", "en", source), List.of(file(tag, tag, text)), Samples.NONE)
        .stream()
        .filter(finding -> finding.file().equals(tag))
        .toList();
  }

  private static Set<String> rules(List<Finding> findings) {
    return findings.stream().map(f -> f.rule() + " " + f.severity()).collect(Collectors.toSet());
  }

  /**
   * A translation that breaks a rule though ICU takes it, and one that keeps it.
   *
   * @param source of both, in English
   */
  record Vector(
      Rule rule, Severity severity, String source, String tag, String wrong, String right) {
    @Override
    public String toString() {
      return rule + " " + severity + " " + tag + " " + wrong;
    }
  }

  private static final String ROWS = "{n, plural, one {# row} other {# rows}}";

  static List<Vector> vectors() {
    return List.of(
        new Vector(L01, ERROR, "Café", "fr", "Cafe\u0301", "Café"),
        new Vector(L02, ERROR, "{n, number}", "de", "{n, spellout}", "{n, number}"),
        new Vector(L02, ERROR, "{n, number}", "de", "{n, choice, 0#a|1#b}", "{n, number}"),
        new Vector(L02, ERROR, "{n, number}", "de", "{n, duration}", "{n, number}"),
        new Vector(L03, ERROR, "Budget {account}", "de", "Budget {konto}", "Budget {account}"),
        new Vector(L03, WARNING, "Budget {account}", "de", "Das Budget", "Das Budget {account}"),
        new Vector(L04, ERROR, "Since {day, date}", "de", "Seit {day, number}", "Seit {day, date}"),
        new Vector(
            L05,
            ERROR,
            "Since {day, date}",
            "de",
            "Seit {day, date, ::xx}",
            "Seit {day, date, long}"),
        new Vector(
            L06,
            ERROR,
            ROWS,
            "de",
            "{n, plural, one {# Zeile} few {# Zeilen} other {# Zeilen}}",
            "{n, plural, one {# Zeile} other {# Zeilen}}"),
        new Vector(
            L06,
            ERROR,
            ROWS,
            "pl",
            "{n, plural, one {# wiersz} many {# wierszy} other {# wiersza}}",
            "{n, plural, one {# wiersz} few {# wiersze} many {# wierszy} other {# wiersza}}"),
        new Vector(
            L06,
            ADVICE,
            ROWS,
            "fr",
            "{n, plural, one {# ligne} other {# lignes}}",
            "{n, plural, one {# ligne} many {# de lignes} other {# lignes}}"),
        new Vector(
            L06,
            ADVICE,
            ROWS,
            "de",
            "{n, plural, =1 {eine Zeile} one {# Zeile} other {# Zeilen}}",
            "{n, plural, =1 {eine Zeile} other {# Zeilen}}"),
        new Vector(
            L07,
            ERROR,
            ROWS,
            "de",
            "{n, plural, one {# Zeile} other {}}",
            "{n, plural, one {# Zeile} other {# Zeilen}}"),
        new Vector(
            L07,
            ERROR,
            "{s, select, open {Open} other {Closed}}",
            "de",
            "{s, select, offen {Offen} other {Zu}}",
            "{s, select, open {Offen} other {Zu}}"),
        new Vector(L08, ERROR, "Row {n}", "de", "Zeile {n}}", "Zeile {n}"),
        new Vector(L08, ERROR, "Row {n}", "ja", "行｛n｝", "行{n}"),
        new Vector(L08, ERROR, "Of {account}", "fr", "Du l'{account}", "Du l''{account}"),
        new Vector(L08, ERROR, "Of {account}", "fr", "D'un l'{account}", "D'un {account} d'ici"),
        new Vector(L08, ERROR, "Of {account}", "fr", "Du {account} l'{ici", "Du {account} l''ici"),
        new Vector(
            L09,
            WARNING,
            ROWS,
            "de",
            "{n, plural, one {# Zeile} other {Zeilen}}",
            "{n, plural, one {Zeile} other {# Zeilen}}"),
        new Vector(L09, WARNING, "{n} rows", "de", "# Zeilen {n}", "{n} Zeilen"),
        new Vector(L10, ERROR, "See <b>here</b>", "de", "Siehe <i>hier</i>", "Siehe <b>hier</b>"),
        new Vector(L10, ERROR, "See <b>here</b>", "de", "Siehe <b>hier", "Siehe <b>hier</b>"),
        new Vector(
            L10, ERROR, "See <b>here</b>", "de", "Siehe <b class=x>hier</b>", "Siehe <b>hier</b>"),
        new Vector(L10, ERROR, "See here", "de", "Siehe hier <script>", "Siehe hier"),
        new Vector(L10, ERROR, "Check & go", "de", "Prüfen &amp; los", "Prüfen & los"),
        new Vector(L11, ERROR, "Open", "de", "Offen\u202E", "Offen"),
        new Vector(L11, ERROR, "Open", "ar", "مفتوح\u2067", "مفتوح\u200F"),
        new Vector(L12, WARNING, "Closed.", "de", "Geschlossen", "Geschlossen."),
        new Vector(L12, WARNING, "Closed.", "ja", "終了", "終了。"),
        new Vector(L12, WARNING, "Really?", "el", "Αλήθεια.", "Αλήθεια;"),
        new Vector(L12, WARNING, "Really?", "ar", "حقا", "حقا؟"),
        new Vector(L12, WARNING, "Account:", "fr", "Compte :", "Compte\u00A0:"),
        new Vector(L12, WARNING, "Open it", "de", "Öffnen  Sie es", "Öffnen Sie es"),
        new Vector(L12, WARNING, "Open it", "de", "Öffnen Sie es\\u0020", "Öffnen Sie es"),
        new Vector(L14, WARNING, "Continue", "de", "Continue", "Weiter"),
        new Vector(L14, WARNING, "Save as CSV", "ja", "CSVでSave", "CSVで保存"),
        new Vector(L16, ERROR, "Open", "de", "x".repeat(8_193), "Offen"),
        new Vector(L16, ERROR, ROWS, "de", nested(6), nested(3)),
        new Vector(L18, ERROR, "Ask us", "de", "Siehe https://x.example/a", "Fragen Sie uns"),
        new Vector(L18, ERROR, "Ask us", "de", "Fragen Sie post@x.example", "Fragen Sie uns"),
        new Vector(L18, ERROR, "Ask us", "de", "Rufen Sie +49 (0)30 123456 an", "Fragen Sie uns"),
        new Vector(L18, ERROR, "Ask us", "de", "Auf evil.com", "Fragen Sie uns"),
        new Vector(
            L19,
            ERROR,
            "{s, select, a {X} other {Y}}",
            "de",
            "{s, select, a {} other {Y}}",
            "{s, select, a {X} other {Y}}"));
  }

  private static String nested(int depth) {
    return depth == 0 ? "# Zeilen" : "{n, plural, one {# Zeile} other {" + nested(depth - 1) + "}}";
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void finds_what_icu_lets_through_and_nothing_where_it_is_right(Vector vector) {
    String wrong = vector.wrong().replace("\\u0020", " ");
    assertThatCode(() -> new MessageFormat(wrong, ULocale.forLanguageTag(vector.tag())))
        .doesNotThrowAnyException();
    String source = "# About a.\na = " + vector.source() + "\n";
    assertThat(translation(source, vector.tag(), "\na = " + vector.wrong() + "\n"))
        .filteredOn(f -> f.rule() == vector.rule() && f.severity() == vector.severity())
        .isNotEmpty()
        .allSatisfy(f -> {
          assertThat(f.line()).isEqualTo(2);
          assertThat(f.words()).isNotBlank();
        });
    assertThat(translation(source, vector.tag(), "\na = " + vector.right() + "\n"))
        .noneMatch(f -> f.rule() == vector.rule());
  }

  @Test
  void has_a_vector_for_every_rule() {
    Set<Rule> inVectors =
        vectors().stream()
            .map(Vector::rule)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    // These three need more than one message; they have tests of their own below.
    inVectors.addAll(List.of(L13, L15, L17));
    assertThat(inVectors).containsExactlyInAnyOrder(Rule.values());
  }

  @Nested
  @DisplayName("L01 says of a file that")
  class Files {
    @Test
    void it_is_not_utf8_has_a_key_twice_or_an_unknown_escape() {
      BundleFile latin = BundleFile.read("de", Language.of("de"), "a = ä\n".getBytes(ISO_8859_1));
      assertThat(BundleCheck.check(file("en", "en", "# A.\na = x\n"), List.of(latin), Samples.NONE))
          .anyMatch(f -> f.rule() == L01 && f.line() == 1 && f.file().equals("de"));
      assertThat(rules(source("a = 1\na = 2\n"))).contains("L01 ERROR");
      assertThat(rules(source("a = \\q\n"))).contains("L01 ERROR");
    }
  }

  @Nested
  @DisplayName("L06 knows of plurals")
  class PluralCategories {
    private static final Set<String> ALL = Set.of("zero", "one", "two", "few", "many", "other");

    private static String plural(Set<String> categories) {
      return categories.stream()
          .sorted()
          .map(c -> c + " {# x}")
          .collect(Collectors.joining(" ", "{n, plural, ", "}"));
    }

    /** ICU's plural rules decide, not a list of ours. */
    @Test
    void that_those_of_icu_are_right_and_each_other_one_is_wrong_in_every_language() {
      int languages = 0;
      int lenient = 0;
      for (ULocale locale : PluralRules.getAvailableULocales()) {
        if (!known(locale.toLanguageTag())) {
          continue;
        }
        languages++;
        Set<String> right = Set.copyOf(PluralRules.forLocale(locale).getKeywords());
        String tag = locale.toLanguageTag();
        String source = "# About.\na = " + ROWS + "\n";
        assertThat(translation(source, tag, "a = " + plural(right)))
            .as(tag)
            .noneMatch(f -> f.rule() == L06);
        for (String category : ALL) {
          boolean has = right.contains(category);
          if (category.equals("other")) {
            continue;
          }
          Set<String> changed =
              Stream.concat(right.stream(), Stream.of(category))
                  .filter(c -> !has || !c.equals(category))
                  .collect(Collectors.toSet());
          List<Finding> found =
              translation(source, tag, "a = " + plural(changed)).stream()
                  .filter(f -> f.rule() == L06)
                  .toList();
          assertThat(found).as("%s %s", tag, category).hasSize(1);
          boolean advice = found.getFirst().severity() == ADVICE;
          assertThat(advice)
              .as("%s %s", tag, category)
              .isEqualTo(has && noIntegerBelowAMillion(locale, category));
          lenient += advice ? 1 : 0;
        }
      }
      assertThat(languages).isGreaterThan(150);
      assertThat(lenient).isBetween(5, 40);
    }

    private static boolean known(String tag) {
      try {
        Language.of(tag);
        return true;
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    /** Counted, where the check looks at CLDR's samples; in steps that meet every rule of CLDR. */
    private static boolean noIntegerBelowAMillion(ULocale locale, String category) {
      PluralRules rules = PluralRules.forLocale(locale);
      for (int n = 0; n < 1_000_000; n += n < 2_000 ? 1 : 997) {
        if (rules.select(n).equals(category)) {
          return false;
        }
      }
      for (int n = 1_000; n < 1_000_000; n += 1_000) {
        if (rules.select(n).equals(category)) {
          return false;
        }
      }
      return true;
    }
  }

  @Nested
  @DisplayName("L13 measures")
  class Lengths {
    private static final String SOURCE =
        "# About.\n# @max 10\na = {n, plural, one {# row} other {# rows}}\n# About.\n# @max 10\nb ="
            + " Of {account}\n";

    @Test
    void every_category_with_its_numbers() {
      assertThat(translation(SOURCE, "de", "a = {n, plural, one {eine sehr lange} other {#}}"))
          .anyMatch(f -> f.rule() == L13 && f.severity() == ERROR && f.key().equals("a"));
      assertThat(translation(SOURCE, "de", "a = {n, plural, one {#} other {#}}"))
          .noneMatch(f -> f.rule() == L13);
    }

    @Test
    void texts_that_are_made_up_with_a_warning_and_given_ones_with_an_error() {
      String german = "b = Budget {account}";
      assertThat(translation(SOURCE, "de", german))
          .anyMatch(f -> f.rule() == L13 && f.severity() == WARNING);
      Samples given = new Samples(Map.of("b", List.of(Map.of("account", "204110"))));
      assertThat(
              BundleCheck.check(file("en", "en", SOURCE), List.of(file("de", "de", german)), given))
          .anyMatch(f -> f.rule() == L13 && f.severity() == ERROR);
      Samples small = new Samples(Map.of("b", List.of(Map.of("account", "1"))));
      assertThat(
              BundleCheck.check(file("en", "en", SOURCE), List.of(file("de", "de", german)), small))
          .noneMatch(f -> f.rule() == L13 && f.key().equals("b"));
    }
  }

  @Nested
  @DisplayName("L15 says that a translation is stale")
  class Stale {
    private static final String NEW = "# About.\na = Budget for {account}\n";

    private static String german(String madeOf, String value, String now) {
      return "# @source " + madeOf + "\n# @of " + Fingerprints.of(madeOf, value) + "\na = " + now;
    }

    @Test
    void with_the_change_of_the_source_when_it_is_kept() {
      assertThat(
              translation(
                  NEW,
                  "de",
                  german("Budget of {account}", "Budget von {account}", "Budget von {account}")))
          .filteredOn(f -> f.rule() == L15)
          .singleElement()
          .satisfies(f -> {
            assertThat(f.severity()).isEqualTo(WARNING);
            assertThat(f.words()).contains("Budget [-of-]{+for+} {account}");
          });
    }

    @Test
    void but_not_when_its_words_have_changed_since_or_nothing_is_known() {
      assertThat(
              translation(
                  NEW,
                  "de",
                  german("Budget of {account}", "Budget von {account}", "Budget für {account}")))
          .noneMatch(f -> f.rule() == L15);
      assertThat(translation(NEW, "de", "a = Budget von {account}"))
          .noneMatch(f -> f.rule() == L15);
    }
  }

  @Nested
  @DisplayName("L17 looks at the source")
  class Sources {
    @Test
    void for_what_makes_it_hard_to_translate() {
      assertThat(rules(source("a = x\n"))).containsExactly("L17 WARNING");
      assertThat(rules(source("# About.\na = {n} file(s)\n"))).containsExactly("L17 WARNING");
      assertThat(rules(source("# About.\na = DO NOT CLOSE\n"))).containsExactly("L17 WARNING");
      assertThat(rules(source("# About.\na = One. Two. Three.\n"))).containsExactly("L17 WARNING");
      assertThat(rules(source("# About.\na = One. Two.\n"))).containsExactly("L17 ADVICE");
      assertThat(rules(source("# About.\na = Row {0}\n"))).containsExactly("L02 ERROR");
      assertThat(source("# About.\na = Row {n} of the CSV\n")).isEmpty();
    }
  }

  @Test
  void says_of_a_key_that_the_source_has_not_that_it_is_strange() {
    assertThat(translation("# A.\na = x\n", "de", "b = y\n"))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.rule()).isEqualTo(L03);
          assertThat(f.words()).contains("is not in en");
        });
  }

  @Test
  void takes_texts_that_stand_elsewhere_literally() {
    BundleFile labels =
        BundleFile.of(
            "budget.yaml",
            Language.of("en"),
            List.of(Entry.literal("ask.label", "It's {braces} in '#'", 7, Metadata.NONE)));
    assertThat(
            BundleCheck.check(
                labels,
                List.of(file("de", "de", "ask.label = Es sind '{'Klammern'}'")),
                Samples.NONE))
        .filteredOn(f -> f.severity() == ERROR)
        .isEmpty();
  }

  private static List<Finding> ofTexts(String source, String translation) {
    BundleFile texts =
        BundleFile.of(
            "budget.yaml",
            Language.of("en"),
            List.of(Entry.literal("ask.label", source, 7, Metadata.NONE)),
            key -> key.startsWith("messages."));
    return BundleCheck.check(texts, List.of(file("de", "de", translation)), Samples.NONE);
  }

  @Test
  void warns_of_a_text_that_no_message_file_can_have_and_refuses_its_translation() {
    assertThat(ofTexts("Full-width \uff5bbraces\uff5d", "ask.label = Klammern\n"))
        .extracting(f -> f.file() + ":" + f.line() + " " + f.rule() + " " + f.severity())
        .containsExactly("budget.yaml:7 L08 WARNING", "de:1 L03 ERROR");
    assertThat(ofTexts("A\tB", "ask.label = C\n"))
        .extracting(f -> f.rule() + " " + f.severity())
        .containsExactly("L11 WARNING", "L03 ERROR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Press <Enter>|<Enter> dr\u00fccken", "Use &nbsp;|&nbsp; verwenden"})
  void takes_what_looks_like_a_tag_in_a_text_for_what_it_is(String both) {
    String[] texts = both.split("\\|", 2);
    assertThat(ofTexts(texts[0], "ask.label = " + texts[1] + "\n"))
        .noneMatch(f -> f.severity() == ERROR);
    assertThat(ofTexts("Press it", "ask.label = " + texts[1] + "\n"))
        .anyMatch(f -> f.rule() == L10 && f.severity() == ERROR);
  }

  @Test
  void knows_keys_whose_source_stands_elsewhere_and_checks_what_can_be_checked() {
    assertThat(ofTexts("Account", "ask.label = Konto\nmessages.fis.closed = Zu!\n"))
        .noneMatch(f -> f.file().equals("de"));
    assertThat(ofTexts("Account", "messages.fis.closed = {period} ist zu\n"))
        .anyMatch(f -> f.rule() == L03 && f.severity() == ERROR);
    assertThat(ofTexts("Account", "messages.fis.closed = <b>zu</b>\n"))
        .anyMatch(f -> f.rule() == L10 && f.severity() == ERROR);
    assertThat(ofTexts("Account", "messages.fis.closed = {zu\n"))
        .anyMatch(f -> f.rule() == L08 && f.severity() == ERROR);
    assertThat(ofTexts("Account", "other.fis.closed = zu\n"))
        .anyMatch(f -> f.rule() == L03 && f.severity() == ERROR);
  }

  @Test
  void shows_given_samples_as_what_they_are() {
    Samples wrong = new Samples(Map.of("a", List.of(Map.of("n", "no number"))));
    assertThat(BundleCheck.check(file("en", "en", "# A.\na = {n, number}\n"), List.of(), wrong))
        .anyMatch(f -> f.rule() == L19 && f.words().contains("[n]"));
    Samples right = new Samples(Map.of("a", List.of(Map.of("n", new BigDecimal("1.5")))));
    assertThat(BundleCheck.check(file("en", "en", "# A.\na = {n, number}\n"), List.of(), right))
        .isEmpty();
  }

  @Test
  void says_where_what_and_what_to_do_on_one_line() {
    assertThat(translation("# A.\na = Row {n}\n", "de", "a = Zeile {n}}\n"))
        .singleElement()
        .asString()
        .isEqualTo("de:1: L08 error: a: a } without its {");
    assertThat(Arrays.stream(Rule.values()).map(Rule::title)).doesNotHaveDuplicates();
  }
}
