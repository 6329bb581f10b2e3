package org.hitc.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The file of a public key")
class PublicKeyFileTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.5Z");

  private final PublicKey key =
      PublicKey.of(new Ed25519PrivateKeyParameters(new SecureRandom()).generatePublicKey());

  @Test
  void is_one_line_when_there_is_nothing_to_say_about_the_key() {
    assertThat(PublicKeyFile.of(key).text()).isEqualTo(key.hex() + "\n");
    assertThat(PublicKeyFile.parse(key.hex()).key().id()).isEqualTo(key.id());
  }

  @Test
  void says_what_it_is_for_whose_and_when() {
    PublicKeyFile file =
        PublicKeyFile.of(key)
            .withUse(PublicKeyFile.Use.AUDIT)
            .withNode("fis-b")
            .withSince(NOW)
            .withUntil(NOW.plusSeconds(60));
    assertThat(file.text())
        .isEqualTo(
            key.hex()
                + "\nuse audit\nnode fis-b\nsince 2026-03-01T08:00:00Z"
                + "\nuntil 2026-03-01T08:01:00Z\n");
    assertThat(PublicKeyFile.parse(file.text()).text()).isEqualTo(file.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "use session\n",
        "use audit\nuse audit\n",
        "until 2026-03-01T08:01:00Z\nsince 2026-03-01T08:00:00Z\n",
        "until tomorrow\n",
        "node \n",
        "node ../b\n",
        "node B\n",
        "comment x\n",
        "\n",
        "until 2026-03-01T08:01:00Z\r\n"
      })
  void refuses_any_other_line(String more) {
    assertThatThrownBy(() -> PublicKeyFile.parse(key.hex() + "\n" + more))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
