package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.hitc.channel.Refusal;
import org.hitc.session.MutableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The verifier of tokens")
class TokenVerifierTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final MutableClock clock = new MutableClock("2026-03-01T08:00:00Z");
  private final Ed25519PrivateKeyParameters key =
      new Ed25519PrivateKeyParameters(new SecureRandom());
  private final PublicKey publicKey = PublicKey.of(key.generatePublicKey());
  private final TokenVerifier verifier =
      new TokenVerifier("test", PublicKeys.of(List.of(publicKey)), clock);
  private final Claims claims = claims(clock.instant(), Duration.ofMinutes(10));
  private final String token = sign(claims);

  @Test
  void believes_what_the_listener_signed() {
    assertThat(verifier.verify(token)).isEqualTo(new Verdict.Valid(claims));
  }

  @Nested
  @DisplayName("84: refuses what was changed")
  class Changed {
    @Test
    void one_flipped_bit_in_every_position() {
      byte[] bytes = token.getBytes(US_ASCII);
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        String changed = new String(flipped, ISO_8859_1);
        assertThat(verifier.verify(changed)).as("bit %d", bit).isInstanceOf(Verdict.Refused.class);
      }
    }

    @Test
    void one_flipped_bit_in_every_position_of_the_signed_bytes_is_a_wrong_signature() {
      String body = token.substring(PasetoV4Public.HEADER.length(), token.lastIndexOf('.'));
      byte[] signed = StrictBase64.decode(body).orElseThrow();
      for (int bit = 0; bit < signed.length * 8; bit++) {
        byte[] flipped = signed.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        assertRefused(
            PasetoV4Public.HEADER
                + StrictBase64.encode(flipped)
                + token.substring(token.lastIndexOf('.')),
            Refusal.SESS_SIG);
      }
    }

    @Test
    void every_other_character_in_every_position() {
      for (int at = 0; at < token.length(); at += 7) {
        for (int i = 0; i < ALPHABET.length(); i++) {
          char c = ALPHABET.charAt(i);
          if (token.charAt(at) != c) {
            String changed = token.substring(0, at) + c + token.substring(at + 1);
            assertThat(verifier.verify(changed)).as(changed).isInstanceOf(Verdict.Refused.class);
          }
        }
      }
    }

    @Test
    void every_shorter_token() {
      for (int length = 0; length < token.length(); length++) {
        assertThat(verifier.verify(token.substring(0, length)))
            .as("length %d", length)
            .isInstanceOf(Verdict.Refused.class);
      }
    }
  }

  @Nested
  @DisplayName("83, 85, 87, 88: refuses other forms by name")
  class Forms {
    @Test
    void no_token() {
      assertRefused("", Refusal.SESS_NONE);
    }

    @Test
    void a_token_beyond_the_size_limit_before_looking_at_it() {
      assertRefused("v4.public." + "A".repeat(100_000), Refusal.SESS_FORMAT);
      assertRefused(token + "A".repeat(TokenVerifier.MAX_TOKEN), Refusal.SESS_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "v4.local.",
          "v3.public.",
          "v2.public.",
          "V4.public.",
          "v4.Public.",
          " v4.public.",
          "eyJhbGciOiJub25lIn0.",
          "v4.public",
          "v4..",
          "none."
        })
    void another_header(String header) {
      assertRefused(header + token.substring(PasetoV4Public.HEADER.length()), Refusal.SESS_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "==", " ", "\n", "\t", ".", ".AAAA", "+", "/", "\u00e9"})
    void something_behind_the_token(String tail) {
      assertRefused(token + tail, Refusal.SESS_FORMAT);
    }

    @Test
    void base64_with_set_bits_behind_the_last_byte() {
      int last = ALPHABET.indexOf(token.charAt(token.length() - 1));
      // 16 characters of a key id take 22 of Base64; the last one carries four bits that are zero.
      String loose = token.substring(0, token.length() - 1) + ALPHABET.charAt(last | 1);
      assertThat(loose).isNotEqualTo(token);
      assertThat(Base64.getUrlDecoder().decode(loose.substring(loose.length() - 22)))
          .as("the JDK takes both")
          .isEqualTo(publicKey.id().getBytes(US_ASCII));
      assertRefused(loose, Refusal.SESS_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "/", "=", " ", "\n", "\r\n", "\t", "%2d", "\u0000"})
    void base64_with_a_character_of_another_alphabet_in_its_midst(String foreign) {
      int at = token.length() / 2;
      assertRefused(token.substring(0, at) + foreign + token.substring(at), Refusal.SESS_FORMAT);
      assertRefused(
          token.substring(0, at) + foreign + token.substring(at + 1), Refusal.SESS_FORMAT);
    }

    @Test
    void no_footer() {
      assertRefused(token.substring(0, token.lastIndexOf('.')), Refusal.SESS_KEY);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "0000000000000000",
          "../../../etc/pass",
          "/etc/hitc/keys/a",
          "{\"kid\":\"x\"}",
          "{\"jku\":\"http://x/\"}"
        })
    void an_unknown_key_id_even_when_it_looks_like_a_path(String id) {
      assertRefused(
          PasetoV4Public.sign(key, message(claims), id.getBytes(UTF_8), implicit()),
          Refusal.SESS_KEY);
    }

    @Test
    void a_signature_of_another_key_under_the_id_of_ours() {
      Ed25519PrivateKeyParameters other = new Ed25519PrivateKeyParameters(new SecureRandom());
      assertRefused(
          PasetoV4Public.sign(other, message(claims), footer(), implicit()), Refusal.SESS_SIG);
    }

    @Test
    void the_token_of_another_installation() {
      TokenVerifier elsewhere =
          new TokenVerifier("other", PublicKeys.of(List.of(publicKey)), clock);
      assertThat(elsewhere.verify(token)).isEqualTo(new Verdict.Refused(Refusal.SESS_SIG));
    }

    @Test
    void claims_of_another_installation_under_a_right_signature() {
      Claims foreign =
          new Claims(
              "other",
              claims.sessionId(),
              claims.subject(),
              claims.authenticatedAt(),
              claims.method(),
              claims.issuedAt(),
              claims.expiresAt(),
              claims.absoluteEnd(),
              0,
              0);
      assertRefused(sign(foreign), Refusal.SESS_FORMAT);
    }

    @Test
    void a_signed_text_that_is_not_claims() {
      assertRefused(
          PasetoV4Public.sign(key, "{}".getBytes(UTF_8), footer(), implicit()),
          Refusal.SESS_FORMAT);
    }
  }

  @Nested
  @DisplayName("90: looks at the clock")
  class Times {
    @Test
    void up_to_the_skew_after_the_expiry_and_no_longer() {
      clock.advance(Duration.ofMinutes(10).plusSeconds(29));
      assertThat(verifier.verify(token)).isInstanceOf(Verdict.Valid.class);
      clock.advance(Duration.ofSeconds(1));
      assertRefused(token, Refusal.SESS_EXPIRED);
    }

    @Test
    void from_the_skew_before_the_issue_and_no_earlier() {
      clock.advance(Duration.ofSeconds(-30));
      assertThat(verifier.verify(token)).isInstanceOf(Verdict.Valid.class);
      clock.advance(Duration.ofSeconds(-1));
      assertRefused(token, Refusal.SESS_EXPIRED);
    }

    @Test
    void a_clock_put_back_by_a_day_refuses() {
      clock.advance(Duration.ofDays(-1));
      assertRefused(token, Refusal.SESS_EXPIRED);
    }
  }

  @Nested
  @DisplayName("with a memory")
  class Cached {
    private final CachedVerifier cached = new CachedVerifier(verifier, 10);

    @Test
    void gives_the_same_verdicts() {
      for (String text :
          List.of(token, token, "", "x", token + "A", "v4.public." + "A".repeat(100_000))) {
        assertThat(cached.verify(text)).as(text).isEqualTo(verifier.verify(text));
      }
    }

    @Test
    void a_remembered_token_expires_all_the_same() {
      assertThat(cached.verify(token)).isInstanceOf(Verdict.Valid.class);
      clock.advance(Duration.ofMinutes(10).plusSeconds(30));
      assertThat(cached.verify(token)).isEqualTo(new Verdict.Refused(Refusal.SESS_EXPIRED));
    }

    @Test
    void refusals_do_not_stick() {
      clock.advance(Duration.ofHours(-1));
      assertThat(cached.verify(token)).isEqualTo(new Verdict.Refused(Refusal.SESS_EXPIRED));
      clock.advance(Duration.ofHours(1));
      assertThat(cached.verify(token)).isInstanceOf(Verdict.Valid.class);
    }
  }

  @Nested
  @DisplayName("88: of a key that was retired or removed meanwhile")
  class Retired {
    private PublicKeys now = PublicKeys.of(List.of(publicKey));
    private final TokenVerifier live =
        new TokenVerifier("test", (id, when) -> now.find(id, when), clock);
    private final CachedVerifier cached = new CachedVerifier(live, 10);

    @Test
    void believes_no_token_from_the_end_of_the_key_on() {
      now =
          PublicKeys.ofFiles(
              List.of(PublicKeyFile.of(publicKey).withUntil(clock.instant().plusSeconds(60))));
      assertThat(live.verify(token)).isEqualTo(new Verdict.Valid(claims));
      assertThat(cached.verify(token)).isEqualTo(new Verdict.Valid(claims));
      clock.advance(Duration.ofSeconds(60));
      assertThat(live.verify(token)).isEqualTo(new Verdict.Refused(Refusal.SESS_KEY));
      assertThat(cached.verify(token)).isEqualTo(new Verdict.Refused(Refusal.SESS_KEY));
      assertThat(cached.lapsed(token, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void forgets_what_it_remembered_of_a_key_that_is_gone() {
      assertThat(cached.verify(token)).isEqualTo(new Verdict.Valid(claims));
      now = PublicKeys.of(List.of());
      assertThat(cached.verify(token)).isEqualTo(new Verdict.Refused(Refusal.SESS_KEY));
    }
  }

  private void assertRefused(String text, Refusal why) {
    assertThat(verifier.verify(text)).isEqualTo(new Verdict.Refused(why));
  }

  private String sign(Claims signed) {
    return PasetoV4Public.sign(key, message(signed), footer(), implicit());
  }

  private static byte[] message(Claims signed) {
    return ClaimsJson.write(signed);
  }

  private byte[] footer() {
    return publicKey.id().getBytes(US_ASCII);
  }

  private static byte[] implicit() {
    return TokenVerifier.implicitAssertion("test");
  }

  private static Claims claims(Instant now, Duration life) {
    return new Claims(
        "test",
        "0123456789abcdef0123456789abcdef",
        "anna",
        now,
        "password",
        now,
        now.plus(life),
        now.plus(Duration.ofHours(10)),
        0,
        0);
  }
}
