package org.hitc.i18n.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A file for other tools")
class FormatTests {
  private static final String WITH_EVERYTHING =
      "\"q\" \\ <b>x</b> & &amp; ]]> {n, plural, one {#} other {# 'x'}}\n\u200F מ 😀";

  private static Exchange sample() {
    return new Exchange(
        "en",
        "zh-Hant",
        List.of(
            new Unit(
                "a.b-c_1",
                "Send",
                Optional.empty(),
                Unit.State.MISSING,
                Optional.empty(),
                List.of()),
            new Unit(
                "rows",
                " " + WITH_EVERYTHING + " ",
                Optional.of(WITH_EVERYTHING),
                Unit.State.TRANSLATED,
                Optional.empty(),
                List.of("Screen: <report> & \"more\"", "{n} is a number")),
            new Unit(
                "old",
                "Send it",
                Optional.of("送出"),
                Unit.State.STALE,
                Optional.of("Send\n<now>"),
                List.of("Button"))));
  }

  private static Received read(Format format, String text) {
    return format.read(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void comes_back_as_it_was_and_is_written_as_the_same_bytes(Format format) {
    String once = format.write(sample());
    assertThat(read(format, once)).isEqualTo(new Received.Whole(sample()));
    assertThat(read(format, once.replace("\n", "\r\n"))).isEqualTo(new Received.Whole(sample()));
    assertThat(read(format, "\uFEFF" + once)).isEqualTo(new Received.Whole(sample()));
    assertThat(format.write(sample())).isEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource
  void is_refused_when_it_is_not_utf8_too_large_or_something_else(Format format) {
    assertThat(format.read("é".getBytes(ISO_8859_1))).isInstanceOf(Received.Refused.class);
    assertThat(format.read(new byte[Intake.FILE_BYTES + 1])).isInstanceOf(Received.Refused.class);
    for (String text : List.of("", "x", "{", "[]", "<a/>", "<xliff", "msgid", "{}", "\u0000")) {
      assertThat(read(format, text)).as(text).isInstanceOf(Received.Refused.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void is_refused_for_a_key_that_is_none_or_stands_twice_and_for_hidden_characters(Format format) {
    String good = format.write(sample());
    for (String bad :
        List.of(
            good.replace("a.b-c_1", "../../x"),
            good.replace("a.b-c_1", "rows"),
            good.replace("送出", "送\u202E出"),
            good.replace("送出", "x".repeat(9_000)))) {
      assertThat(read(format, bad)).isInstanceOf(Received.Refused.class);
    }
  }

  /** Cut, doubled, mixed: anything but a hang or an exception. */
  @ParameterizedTest
  @EnumSource
  void never_makes_it_throw_whatever_its_bytes_are(Format format) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("FormatTests: -Dseed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] good = format.write(sample()).getBytes(UTF_8);
    byte[] alphabet = "<>&;\"'\\{}[]:,#~|!-?/= \nmsgstrid0é]".getBytes(UTF_8);
    int whole = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
      Received received = format.read(java.util.Arrays.copyOf(bytes, length));
      whole += received instanceof Received.Whole ? 1 : 0;
    }
    assertThat(whole).isBetween(1, 2_999);
  }

  @Nested
  @DisplayName("in XML")
  class InXml {
    @Test
    void names_no_other_file_and_does_not_grow(@TempDir Path folder) throws Exception {
      Path secret = Files.writeString(folder.resolve("secret"), "geheim");
      for (Format format : List.of(Format.XLIFF_1_2, Format.XLIFF_2)) {
        String good = format.write(sample());
        String head = good.substring(0, good.indexOf("<xliff"));
        String body = good.substring(good.indexOf("<xliff"));
        List<String> hostile = new ArrayList<>();
        hostile.add(
            head
                + "<!DOCTYPE xliff [<!ENTITY e SYSTEM \""
                + secret.toUri()
                + "\">]>"
                + body.replace("送出", "&e;"));
        hostile.add(head + "<!DOCTYPE xliff SYSTEM \"" + secret.toUri() + "\">" + body);
        StringBuilder laughs = new StringBuilder(head + "<!DOCTYPE xliff [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
          laughs.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        hostile.add(laughs + "]>" + body.replace("送出", "&a29;"));
        hostile.add(good.replace("送出", "&e;"));
        hostile.add(head + "<g>".repeat(100_000));
        hostile.add(
            head
                + body.substring(0, body.indexOf('>') + 1)
                + "<x>".repeat(100)
                + "</x>".repeat(100));
        for (String text : hostile) {
          assertThat(read(format, text)).isInstanceOf(Received.Refused.class);
        }
        // In another encoding a document type would not be seen by looking at UTF-8.
        assertThat(
                format.read(hostile.getFirst().getBytes(java.nio.charset.StandardCharsets.UTF_16)))
            .isInstanceOf(Received.Refused.class);
      }
    }

    @Test
    void may_have_what_other_tools_add_and_no_elements_in_texts() {
      String good = Format.XLIFF_1_2.write(sample());
      String added =
          good.replace(
              "<body>",
              "<header><tool tool-id=\"t\"/></header><body><group id=\"g\"><m:x"
                  + " xmlns:m=\"urn:m\"><source>not ours</source></m:x></group>");
      assertThat(read(Format.XLIFF_1_2, added)).isEqualTo(new Received.Whole(sample()));
      String alternatives =
          good.replace(
              "</trans-unit>",
              "<alt-trans><source>x</source><target>y</target></alt-trans></trans-unit>");
      assertThat(read(Format.XLIFF_1_2, alternatives)).isEqualTo(new Received.Whole(sample()));
      assertThat(read(Format.XLIFF_1_2, good.replace("送出", "<g id=\"1\">送</g>")))
          .isInstanceOf(Received.Refused.class);
      assertThat(read(Format.XLIFF_1_2, good.replace("送出", "<![CDATA[送出]]>")))
          .isEqualTo(new Received.Whole(sample()));
    }
  }

  @Nested
  @DisplayName("in PO")
  class InPo {
    @Test
    void may_be_wrapped_and_commented_by_other_tools() {
      String other =
          """
          # Translators
          msgid ""
          msgstr ""
          "Project-Id-Version: x\\n"
          "Language: zh_Hant\\n"
          "X-Source-Language: en\\n"

          # by hand
          #. Button
          #: file.c:1
          #, fuzzy, c-format
          #| msgid "Send "
          #| "now"
          msgctxt "old"
          msgid ""
          "Send "
          "it"
          msgstr "送"
          "出"

          #~ msgid "gone"
          #~ msgstr "x"
          """;
      assertThat(read(Format.PO, other))
          .isEqualTo(
              new Received.Whole(
                  new Exchange(
                      "en",
                      "zh-Hant",
                      List.of(
                          new Unit(
                              "old",
                              "Send it",
                              Optional.of("送出"),
                              Unit.State.STALE,
                              Optional.of("Send now"),
                              List.of("Button"))))));
    }

    @Test
    void says_in_which_line_it_is_wrong() {
      String good = Format.PO.write(sample());
      int line = good.substring(0, good.indexOf("msgstr \"送出\"")).split("\n", -1).length;
      assertThat(read(Format.PO, good.replace("msgstr \"送出\"", "msgstr[0] \"送出\"")))
          .isInstanceOfSatisfying(
              Received.Refused.class, refused -> assertThat(refused.line()).isEqualTo(line));
    }
  }

  @Nested
  @DisplayName("in JSON")
  class InJson {
    @Test
    void is_strict() {
      for (String text :
          List.of(
              "{\"source\":\"en\",\"source\":\"en\",\"target\":\"de\",\"messages\":[]}",
              "{\"source\":\"en\",\"target\":\"de\",\"messages\":[]} x",
              "{\"source\":\"en\",\"target\":\"de\",\"messages\":[{}]}",
              "{\"source\":\"en\",\"target\":\"de\",\"messages\":[1]}",
              "{\"source\":1,\"target\":\"de\",\"messages\":[]}",
              "{\"source\":\"en\",\"target\":\"de\",\"messages\":"
                  + "[{\"key\":\"a\",\"source\":\"a\",\"state\":\"good\"}]}",
              "{\"source\":\"en\",\"target\":\"de\",\"messages\":[],}",
              "[".repeat(100_000))) {
        assertThat(read(Format.JSON, text)).as("%.60s", text).isInstanceOf(Received.Refused.class);
      }
      assertThat(read(Format.JSON, "{\"source\":\"en\",\"target\":\"de\",\"messages\":[]}"))
          .isEqualTo(new Received.Whole(new Exchange("en", "de", List.of())));
    }
  }
}
