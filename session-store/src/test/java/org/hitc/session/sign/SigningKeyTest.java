package org.hitc.session.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hitc.session.file.PrivateFileException;
import org.hitc.session.token.Claims;
import org.hitc.session.token.KeyFileException;
import org.hitc.session.token.PublicKeys;
import org.hitc.session.token.TokenVerifier;
import org.hitc.session.token.Verdict;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The signing key")
class SigningKeyTest {
  @TempDir Path folder;

  private final SigningKey key = SigningKey.create(new SecureRandom());

  @Test
  void signs_what_its_public_half_verifies_after_a_way_through_a_file() throws IOException {
    Path file = folder.resolve("signing.key");
    key.save(file);
    SigningKey loaded = SigningKey.load(file);
    Instant now = Instant.parse("2026-03-01T08:00:00Z");
    Instant end = now.plus(Duration.ofHours(1));
    Claims claims =
        new Claims("test", "0".repeat(32), "anna", now, "password", now, end, end, 0, 0);
    String token = new TokenSigner("test", loaded).sign(claims);
    TokenVerifier verifier =
        new TokenVerifier("test", PublicKeys.of(List.of(key.publicKey())), () -> now);
    assertThat(verifier.verify(token)).isEqualTo(new Verdict.Valid(claims));
  }

  @Test
  void signs_for_its_own_installation_only() {
    Instant now = Instant.parse("2026-03-01T08:00:00Z");
    Instant end = now.plus(Duration.ofHours(1));
    Claims other =
        new Claims("other", "0".repeat(32), "anna", now, "password", now, end, end, 0, 0);
    assertThatThrownBy(() -> new TokenSigner("test", key).sign(other))
        .hasMessageContaining("another installation");
  }

  @Test
  void is_saved_for_its_owner_alone_and_never_over_another() throws IOException {
    Path file = folder.resolve("signing.key");
    key.save(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> SigningKey.create(new SecureRandom()).save(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(SigningKey.load(file).publicKey().id()).isEqualTo(key.publicKey().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw---x---", "rwxrwxrwx"})
  void is_refused_when_others_may_touch_it(String mode) throws IOException {
    Path file = folder.resolve("signing.key");
    key.save(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> SigningKey.load(file))
        .isInstanceOf(PrivateFileException.class)
        .hasMessageContaining("chmod 600 " + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hitc-signing-key-1 00\n", "hitc-signing-key-2 ", "x"})
  void is_refused_when_the_file_holds_something_else(String text) throws IOException {
    Path file = folder.resolve("signing.key");
    key.save(file);
    Files.writeString(file, text);
    assertThatThrownBy(() -> SigningKey.load(file))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void never_shows_itself() throws IOException {
    Path file = folder.resolve("signing.key");
    key.save(file);
    String secret = Files.readString(file).strip().substring("hitc-signing-key-1 ".length());
    assertThat(key.toString()).contains(key.publicKey().id()).doesNotContain(secret);
  }

  @Test
  void seals_checkpoints_which_are_never_tokens_and_the_other_way_round() {
    SigningKey key = SigningKey.create(new SecureRandom());
    byte[] text = "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] signature = key.seal(text);
    assertThat(key.publicKey().sealed(text, signature)).isTrue();
    assertThat(SigningKey.create(new SecureRandom()).publicKey().sealed(text, signature)).isFalse();
    assertThat(key.publicKey().sealed(text, new byte[63])).isFalse();
    byte[] changed = signature.clone();
    changed[63] ^= 1;
    assertThat(key.publicKey().sealed(text, changed)).isFalse();
    // What a token's signature covers begins with the number of its pieces, little-endian.
    assertThat(org.hitc.session.token.PublicKey.sealedBytes(text)[1]).isNotZero();
  }
}
