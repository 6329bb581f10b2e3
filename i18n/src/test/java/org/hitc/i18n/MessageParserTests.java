package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.util.ULocale;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A message")
class MessageParserTests {

  private static AbstractThrowableAssert<?, ?> refused(String pattern) {
    return assertThatThrownBy(() -> MessageParser.parse(pattern))
        .as("%.80s", pattern)
        .isInstanceOf(MessageSyntaxException.class);
  }

  private static String said(String pattern, Map<String, ?> arguments) throws Exception {
    return new Rendering(new LocaleFormatters(ULocale.ENGLISH), ZoneOffset.UTC, arguments, false)
        .render(MessageParser.parse(pattern));
  }

  @Nested
  @DisplayName("is")
  class Is {
    @Test
    void words_with_named_arguments() throws Exception {
      assertThat(said("Budget of {account}", Map.of("account", "204110")))
          .isEqualTo("Budget of 204110");
      assertThat(said("It's {n}", Map.of("n", 1))).isEqualTo("It's 1");
      assertThat(said("'{'n'}' ''", Map.of())).isEqualTo("{n} '");
      assertThat(said("The users'", Map.of())).isEqualTo("The users'");
      assertThat(said("{n} '", Map.of("n", 1))).isEqualTo("1 '");
    }

    @Test
    void one_of_several_by_number_or_value() throws Exception {
      String pattern =
          "{n, plural, =0 {none} one {# row} other {# rows}}{s, select, x { X} other { ?}}";
      assertThat(said(pattern, Map.of("n", 0, "s", "x"))).isEqualTo("none X");
      assertThat(said(pattern, Map.of("n", 1, "s", "y"))).isEqualTo("1 row ?");
      assertThat(said(pattern, Map.of("n", 1234, "s", "other"))).isEqualTo("1,234 rows ?");
    }

    @Test
    void aware_of_what_each_argument_is() throws Exception {
      assertThat(
              MessageParser.parse(
                      "{a}{b, number}{b}{c, plural, other {{d, date}}}{e, select, other {x}}")
                  .arguments())
          .isEqualTo(
              Map.of(
                  "a",
                  Kind.ANY,
                  "b",
                  Kind.NUMBER,
                  "c",
                  Kind.NUMBER,
                  "d",
                  Kind.DATE,
                  "e",
                  Kind.TEXT));
    }
  }

  @Nested
  @DisplayName("is refused")
  class Refused {
    @Test
    void when_braces_do_not_match() {
      List.of(
              "{",
              "a {b",
              "a}",
              "}",
              "a} b {c}",
              "a} b{c} {",
              "{a}}",
              "{n, plural, other {x}",
              "'{",
              "{a} '}",
              "{{n}}")
          .forEach(MessageParserTests::refused);
    }

    @Test
    void when_arguments_have_no_proper_names() {
      List.of(
              "{0}",
              "{1, number}",
              "{}",
              "{ }",
              "{é}",
              "{a-b}",
              "{2147483647}",
              "{2147483648}",
              "{_a}",
              "｛n｝",
              "{" + "a".repeat(81) + "}")
          .forEach(MessageParserTests::refused);
    }

    @Test
    void when_it_names_a_format_that_is_not_on_the_list() {
      List.of(
              "{n, choice, 0#a|1#b}",
              "{n, spellout}",
              "{n, ordinal}",
              "{n, duration}",
              "{n, number, currency}",
              "{n, number, #,##0.00}",
              "{n, number, ::scale/1E999999}",
              "{n, number, ::bogus-token}",
              "{n, number, ::}",
              "{n, number, ::currency/EUR}",
              "{n, number, ::integer-width/+0000}",
              "{n, number, ::.00 .0}",
              "{n, Number}",
              "{n, number, ::.00000000000}",
              "{d, date, yyyy}",
              "{d, date, ::xx}",
              "{d, date, ::yz}",
              "{d, date, ::dMMMd}",
              "{d, time, ::jH}",
              "{d, time, full}",
              "{d, time, long}",
              "{d, date, ::}",
              "{d, java.util.Date}",
              "{d, number, date}")
          .forEach(MessageParserTests::refused);
    }

    @Test
    void when_one_argument_is_two_things() {
      refused("{a, number} {a, date}").hasMessageContaining("two different things");
      refused("{a, select, x {{a, number}} other {y}}");
      refused("{a, plural, one {x} other {{a, date}}}");
    }

    @Test
    void when_variants_are_missing_doubled_or_unknown() {
      List.of(
              "{n, plural, one {x}}",
              "{s, select, x {y}}",
              "{n, plural, other {}}",
              "{s, select, a {x} other {}}",
              "{n, plural, one {a} one {b} other {c}}",
              "{n, plural, =1 {a} =1.0 {b} other {c}}",
              "{n, plural, einer {a} other {c}}",
              "{s, select, a {x} a {y} other {z}}",
              "{n, plural, =1e40 {a} other {c}}",
              "{n, plural, offset:1e300 other {c}}")
          .forEach(MessageParserTests::refused);
    }

    @Test
    void beyond_the_limits_and_not_before() {
      allowed("x".repeat(Limits.PATTERN_CHARACTERS));
      refused("x".repeat(Limits.PATTERN_CHARACTERS + 1)).hasMessageContaining("characters");
      allowed("{a}".repeat(Limits.PLACEHOLDERS));
      refused("{a}".repeat(Limits.PLACEHOLDERS + 1)).hasMessageContaining("placeholders");
      allowed(nested(Limits.NESTING));
      refused(nested(Limits.NESTING + 1)).hasMessageContaining("nested");
      StringBuilder cases = new StringBuilder();
      for (int i = 1; i < Limits.VARIANTS; i++) {
        cases.append("v").append(i).append(" {x} ");
      }
      assertThatCode(() -> MessageParser.parse("{s, select, " + cases + "other {x}}"))
          .doesNotThrowAnyException();
      refused("{s, select, " + cases + "more {x} other {x}}").hasMessageContaining("variants");
    }
  }

  private static void allowed(String pattern) {
    assertThatCode(() -> MessageParser.parse(pattern)).doesNotThrowAnyException();
  }

  private static String nested(int levels) {
    return "{a,select,other{".repeat(levels) + "x" + "}}".repeat(levels);
  }

  @Test
  void nested_as_deeply_as_its_length_allows_overflows_no_stack() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("not run"));
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                MessageParser.parse(nested(Limits.PATTERN_CHARACTERS / 18));
              } catch (Throwable t) {
                thrown.set(t);
              }
            },
            "small stack",
            512 << 10);
    small.start();
    small.join();
    assertThat(thrown.get()).isInstanceOf(MessageSyntaxException.class);
  }

  @Test
  void of_any_letters_is_parsed_or_refused_and_nothing_else() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("MessageParserTests: -Dseed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<String> pieces =
        List.of(
            "{", "}", "'", "''", "#", "|", "a", "n", ",", " ", "plural", "select", "other", "one",
            "=1", "offset:", "1", "number", "date", "::", ".00", "{n}", "other{", "\ud83d", "é",
            "<", "-");
    for (int i = 0; i < 100_000; i++) {
      StringBuilder pattern = new StringBuilder();
      int length = random.nextInt(14);
      for (int p = 0; p < length; p++) {
        pattern.append(pieces.get(random.nextInt(pieces.size())));
      }
      try {
        String words = said(pattern.toString(), Map.of("n", 1, "a", "A"));
        assertThat(words).as("seed %d, %s", seed, pattern).isNotNull();
      } catch (MessageSyntaxException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      } catch (Exception e) {
        throw new AssertionError("seed " + seed + ", pattern " + pattern, e);
      }
    }
  }
}
