package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A second factor")
class TotpTest {
  /** The key of RFC 6238, appendix B. */
  private static final String SECRET = Base32.encode("12345678901234567890".getBytes(US_ASCII));

  /** The last six of the eight digits of RFC 6238, appendix B, for SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void has_the_codes_of_rfc_6238(long seconds, String code) {
    Totp totp = new Totp(SECRET, 0);
    assertThat(totp.code(seconds / Totp.STEP_SECONDS)).isEqualTo(code);
    assertThat(totp.stepOf(code, Instant.ofEpochSecond(seconds)))
        .hasValue(seconds / Totp.STEP_SECONDS);
  }

  @Test
  void takes_the_code_before_and_after_and_no_other() {
    Totp totp = new Totp(SECRET, 0);
    Instant now = Instant.ofEpochSecond(1_234_567_890);
    long present = now.getEpochSecond() / Totp.STEP_SECONDS;
    for (long step = present - 10; step <= present + 10; step++) {
      boolean near = Math.abs(step - present) <= 1;
      assertThat(totp.stepOf(totp.code(step), now).isPresent()).as("%d", step).isEqualTo(near);
    }
  }

  @Test
  void refuses_what_is_not_newer_than_what_was_used() {
    Instant now = Instant.ofEpochSecond(1_234_567_890);
    long present = now.getEpochSecond() / Totp.STEP_SECONDS;
    Totp used = new Totp(SECRET, present);
    assertThat(used.stepOf(used.code(present - 1), now)).isEmpty();
    assertThat(used.stepOf(used.code(present), now)).isEmpty();
    assertThat(used.stepOf(used.code(present + 1), now)).hasValue(present + 1);
  }

  @Test
  void takes_no_other_text() {
    Totp totp = new Totp(SECRET, 0);
    Instant now = Instant.ofEpochSecond(59);
    for (String text :
        List.of("", "28708", "2870820", "94287082", "\u0662\u0668\u0667\u0660\u0668\u0662", "x")) {
      assertThat(totp.stepOf(text, now)).as(text).isEmpty();
    }
  }

  @Test
  void is_written_in_one_way() {
    Totp totp = new Totp(SECRET, 41);
    assertThat(Totp.parse(totp.write())).hasValue(totp);
    assertThat(totp.toString()).doesNotContain(SECRET);
    for (String text :
        List.of(
            "",
            SECRET,
            SECRET + "~",
            SECRET + "~041",
            SECRET.toLowerCase(java.util.Locale.ROOT) + "~1",
            "A".repeat(25) + "~1",
            SECRET + "=~1")) {
      assertThat(Totp.parse(text)).as(text).isEmpty();
    }
  }

  /** RFC 4648, section 10, without the padding. */
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void has_a_secret_in_base_32(String text, String encoded) {
    assertThat(Base32.encode(text.getBytes(US_ASCII))).isEqualTo(encoded);
    assertThat(Base32.decode(encoded))
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(text.getBytes(US_ASCII)));
  }

  @Test
  void has_no_second_spelling_of_a_secret() {
    Random random = new Random(1);
    for (int length = 0; length < 40; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(Base32.decode(Base32.encode(bytes)).orElseThrow()).isEqualTo(bytes);
    }
    assertThat(Base32.decode("MZ")).isEmpty();
    assertThat(Base32.decode("M")).isEmpty();
    assertThat(Base32.decode("MZXW6Y1B")).isEmpty();
  }
}
