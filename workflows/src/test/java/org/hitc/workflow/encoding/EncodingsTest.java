package org.hitc.workflow.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EncodingsTest {
  private static Charset charset(String name) {
    return Encodings.find(name).orElseThrow();
  }

  @Test
  void every_documented_name_is_found() {
    assertThat(Encodings.NAMES).allSatisfy(name -> assertThat(Encodings.find(name)).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "UTF8, UTF-8",
    "latin1, ISO-8859-1",
    "Latin-9, ISO-8859-15",
    "cp1252, windows-1252",
    "CP037, IBM037",
    "cp500, IBM500",
    "cp1047, IBM1047",
    "DEC_MCS, DEC-MCS",
    "ascii, US-ASCII"
  })
  void other_names_and_any_case_will_do(String name, String charset) {
    assertThat(charset(name).name()).isEqualTo(charset);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latin-x", "utf-8 ", "../x", "ISO-2022-CN", "a\0b"})
  void what_is_none_or_cannot_encode_is_not_found(String name) {
    assertThat(Encodings.find(name)).isEmpty();
  }

  @Test
  void what_a_view_stores_is_found_again() {
    assertThat(Encodings.NAMES)
        .allSatisfy(
            name -> assertThat(Encodings.find(charset(name).name())).contains(charset(name)));
  }

  @Nested
  class The_DEC_multinational_set {
    private final Charset mcs = charset("dec-mcs");

    @Test
    void is_latin_1_but_for_twenty_positions() throws CharacterCodingException {
      int same = 0;
      for (int code = 0; code < 256; code++) {
        ByteBuffer one = ByteBuffer.wrap(new byte[] {(byte) code});
        try {
          char c = mcs.newDecoder().decode(one).charAt(0);
          same += c == code ? 1 : 0;
          assertThat(mcs.newEncoder().encode(CharBuffer.wrap("" + c)).get()).isEqualTo((byte) code);
        } catch (CharacterCodingException e) {
          assertThat(code).isGreaterThanOrEqualTo(0xA0);
        }
      }
      assertThat(same).isEqualTo(236);
    }

    @Test
    void has_its_own_letters() throws CharacterCodingException {
      byte[] bytes = {(byte) 0xA8, (byte) 0xD7, (byte) 0xDD, (byte) 0xF7, (byte) 0xFD, (byte) 0xE4};
      assertThat(mcs.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())
          .isEqualTo("\u00A4\u0152\u0178\u0153\u00FF\u00E4");
    }

    @Test
    void refuses_what_is_not_in_it() {
      for (int code :
          new int[] {0xA0, 0xA4, 0xA6, 0xAC, 0xB4, 0xBE, 0xD0, 0xDE, 0xF0, 0xFE, 0xFF}) {
        ByteBuffer one = ByteBuffer.wrap(new byte[] {(byte) code});
        assertThatThrownBy(() -> mcs.newDecoder().decode(one))
            .isInstanceOf(CharacterCodingException.class);
      }
      for (String text : new String[] {"\u20AC", "\u00D0", "\uD83D\uDE00", "\uD83D", "\uFFFF"}) {
        assertThatThrownBy(() -> mcs.newEncoder().encode(CharBuffer.wrap(text)))
            .as(text)
            .isInstanceOf(CharacterCodingException.class);
      }
      assertThat("a\u20ACb".getBytes(mcs)).isEqualTo("a?b".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void the_sets_of_the_mainframe_are_known_as_such() {
    assertThat(Encodings.NAMES.stream().filter(n -> Encodings.isEbcdic(charset(n))))
        .containsExactly("ibm037", "ibm500", "ibm1047");
  }
}
