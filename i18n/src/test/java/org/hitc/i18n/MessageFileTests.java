package org.hitc.i18n;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A message file")
class MessageFileTests {
  private final List<Problem> problems = new ArrayList<>();

  private List<Entry> read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private List<Entry> read(byte[] bytes) {
    return MessageFile.read("f", bytes, problems);
  }

  private Map<String, String> values(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    read(text).forEach(e -> values.put(e.key(), e.value()));
    assertThat(problems).isEmpty();
    return values;
  }

  private List<String> problemsOf(String text) {
    return problemsOf(text.getBytes(UTF_8));
  }

  private List<String> problemsOf(byte[] bytes) {
    problems.clear();
    read(bytes);
    return problems.stream().map(Problem::toString).toList();
  }

  @Nested
  @DisplayName("consists of")
  class Consists {
    @Test
    void keys_and_values() {
      assertThat(values("a = 1\nb.c_d-E=2\r\n\n  f   =   3 = 4  \n"))
          .containsExactly(
              Map.entry("a", "1"), Map.entry("b.c_d-E", "2"), Map.entry("f", "3 = 4  "));
    }

    @Test
    void values_that_go_on_in_the_next_line() {
      assertThat(values("a = one \\\n    two\\\n three\nb = x\n"))
          .containsExactly(Map.entry("a", "one twothree"), Map.entry("b", "x"));
    }

    @Test
    void escapes() {
      assertThat(values("a = \\ x\\n\\\\y\\u00e9\\uD83D\\uDE00\\\\\n"))
          .containsExactly(Map.entry("a", " x\n\\yé😀\\"));
    }

    @Test
    void every_script_as_it_is() {
      assertThat(values("a = مرحبا\nb = こんにちは\nc = می\u200cخواهم\nd = \u200fab\u00ad\n"))
          .hasSize(4);
    }

    @Test
    void nothing_at_all() {
      assertThat(values("")).isEmpty();
      assertThat(values("\n\n# only a comment")).isEmpty();
    }
  }

  @Nested
  @DisplayName("says in the comment above a message")
  class Comments {
    @Test
    void what_the_message_is_about_and_takes() {
      Metadata metadata =
          read("""
          # About the file.

          # Shown above the form.
          # Second line.
          # @args account:text n:number day:date
          # @max 40
          # @critical
          # @screen S3
          a = x
          """)
              .getFirst()
              .metadata();
      assertThat(problems).isEmpty();
      assertThat(metadata)
          .isEqualTo(
              new Metadata(
                  "Shown above the form. Second line.",
                  Optional.of(Map.of("account", Kind.TEXT, "n", Kind.NUMBER, "day", Kind.DATE)),
                  OptionalInt.of(40),
                  true,
                  Optional.of("S3"),
                  Origin.UNKNOWN));
    }

    @Test
    void only_for_the_next_message() {
      List<Entry> entries = read("# first\na = 1\nb = 2\n# third\nc = 3\n");
      assertThat(entries.stream().map(e -> e.metadata().description()))
          .containsExactly("first", "", "third");
    }

    @Test
    void with_known_words_only() {
      assertThat(problemsOf("# @arg a:text\na = 1\n"))
          .singleElement()
          .asString()
          .startsWith("f:1: @arg");
      assertThat(problemsOf("# @args a\na = 1\n"))
          .singleElement()
          .asString()
          .startsWith("f:1: @args");
      assertThat(problemsOf("# @args\na = 1\n"))
          .singleElement()
          .asString()
          .startsWith("f:1: @args");
      assertThat(problemsOf("# @args a:money\na = 1\n")).hasSize(1);
      assertThat(problemsOf("# @args a:text a:date\na = 1\n")).hasSize(1);
      assertThat(problemsOf("# @max 0\na = 1\n")).hasSize(1);
      assertThat(problemsOf("# @max 10 characters\na = 1\n")).hasSize(1);
      assertThat(problemsOf("# @max 10\n# @max 10\na = 1\n"))
          .containsExactly("f:2: @max stands twice");
    }

    @Test
    void not_above_a_blank_line_where_it_would_be_lost() {
      assertThat(problemsOf("# @max 10\n\na = 1\n"))
          .containsExactly("f:1: @max 10 stands above no message");
      assertThat(problemsOf("a = 1\n# @max 10"))
          .containsExactly("f:2: @max 10 stands above no message");
    }
  }

  @Nested
  @DisplayName("is refused")
  class Refused {
    @Test
    void with_all_its_problems_and_their_lines() {
      assertThat(problemsOf("a = 1\nnonsense\na = 2\nb = \\q\nc =\n = d\nok = 1\n"))
          .containsExactly(
              "f:2: is neither a comment nor key = value",
              "f:3: a stands in line 1 already",
              "f:4: \\q is not an escape",
              "f:5: c has no words; leave it out instead",
              "f:6: a key consists of letters, digits, _ and -, in parts joined by dots");
    }

    @Test
    void for_a_byte_that_is_not_utf8() {
      assertThat(problemsOf("a = 1\nb = é\nc = é\n".getBytes(ISO_8859_1)))
          .contains("f:2: is not UTF-8", "f:3: is not UTF-8");
      for (int[] bad :
          new int[][] {
            {0x80}, {0xC0, 0xAF}, {0xED, 0xA0, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xE2, 0x82}, {0xFF}
          }) {
        byte[] bytes = "a = xxxx\n".getBytes(UTF_8);
        for (int i = 0; i < bad.length; i++) {
          bytes[4 + i] = (byte) bad[i];
        }
        assertThat(problemsOf(bytes)).contains("f:1: is not UTF-8");
      }
    }

    @Test
    void for_what_properties_files_may_have_elsewhere() {
      for (String text :
          List.of(
              "a: 1",
              "a 1",
              "! comment",
              "a\\=b = 1",
              "a = \\u12",
              "a = \\u12g4",
              "a = \\u\u0661\u0661\u0661\u0661",
              "a = \\t",
              "a = \\:",
              "a = x\\",
              "a\tb = 1",
              "a =\t1",
              "\ufeffa = 1",
              "a..b = 1",
              ".a = 1",
              "a. = 1",
              "a/b = 1",
              "a\rb = 1")) {
        assertThat(problemsOf(text)).as(text).isNotEmpty().allMatch(p -> p.startsWith("f:1: "));
      }
    }

    @Test
    void for_a_character_that_deceives_or_is_not_text_as_such_or_as_an_escape() {
      for (int c :
          new int[] {
            0, 7, 0x1B, 0x7F, 0x85, 0x9B, 0x200B, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066,
            0x2068, 0x2069, 0xE000, 0xFFFE, 0x1FFFF, 0xFDD0, 0xFEFF, 0xFFF9, 0xE0041, 0xF0000
          }) {
        String as = Characters.name(c);
        assertThat(problemsOf("a = x" + Character.toString(c) + "y"))
            .as(as)
            .containsExactly("f:1: has the character " + as);
        assertThat(problemsOf("# x" + Character.toString(c) + "y\na = 1")).as(as).hasSize(1);
        StringBuilder escaped = new StringBuilder("a = ");
        Character.toString(c).chars().forEach(u -> escaped.append("\\u%04x".formatted(u)));
        assertThat(problemsOf(escaped.toString()))
            .as(as)
            .containsExactly("f:1: has the character " + as);
      }
      assertThat(problemsOf("a = \\ud800")).containsExactly("f:1: has the character U+D800");
    }

    @Test
    void for_letters_in_pieces() {
      assertThat(problemsOf("a = e\u0301"))
          .singleElement()
          .asString()
          .contains("normalization form C");
    }

    @Test
    void when_it_is_larger_than_the_limits() {
      assertThat(problemsOf(new byte[Limits.FILE_BYTES + 1]))
          .containsExactly("f: is larger than 4 MiB");
      assertThat(problemsOf("a = " + "x".repeat(Limits.PATTERN_CHARACTERS))).isEmpty();
      assertThat(problemsOf("a = " + "x".repeat(Limits.PATTERN_CHARACTERS + 1))).hasSize(1);
      assertThat(problemsOf("k".repeat(Limits.KEY_CHARACTERS) + " = x")).isEmpty();
      assertThat(problemsOf("k".repeat(Limits.KEY_CHARACTERS + 1) + " = x")).hasSize(1);
      StringBuilder many = new StringBuilder();
      for (int i = 0; i <= Limits.FILE_KEYS; i++) {
        many.append('k').append(i).append(" = x\n");
      }
      assertThat(problemsOf(many.toString()))
          .containsExactly("f:20001: the file has more than 20000 keys");
    }
  }

  @Test
  void never_throws_whatever_its_bytes_are() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("MessageFileTests: -Dseed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] alphabet = "ab.=\\un0 \t\r\n#@{}'é\u202e".getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = alphabet[random.nextInt(alphabet.length)];
      }
      problems.clear();
      List<Entry> entries = read(bytes);
      if (problems.isEmpty()) {
        assertThat(
                entries.stream().flatMapToInt(e -> e.value().codePoints()).filter(c -> c != '\n'))
            .noneMatch(Characters::forbidden);
      }
    }
  }
}
