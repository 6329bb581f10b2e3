package org.hitc.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The keys of a folder that is looked at again")
class WatchedKeysTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir private Path folder;

  private final PublicKey first = key();
  private final PublicKey second = key();
  private final List<String> troubles = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 5; // System.nanoTime may overflow at any moment
  private WatchedKeys keys;

  @BeforeEach
  void open() throws IOException {
    write(first);
    keys = WatchedKeys.open(folder, () -> nanos, troubles::add);
  }

  @Test
  void must_have_one_at_the_start() {
    assertThatThrownBy(() -> WatchedKeys.open(folder.resolve("none"), () -> nanos, troubles::add))
        .isInstanceOf(IOException.class);
  }

  @Test
  void an_unknown_key_is_looked_for_once_a_second_at_most() throws IOException {
    write(second);
    assertThat(keys.find(second.id(), NOW)).as("read a moment ago").isEmpty();
    pass(Duration.ofMillis(999));
    assertThat(keys.find(second.id(), NOW)).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(keys.find(second.id(), NOW)).isPresent();
  }

  @Test
  void a_removed_key_is_forgotten_within_ten_seconds() throws IOException {
    write(second);
    Files.delete(folder.resolve(first.id() + ".pub"));
    pass(Duration.ofMillis(9_999));
    assertThat(keys.find(first.id(), NOW)).isPresent();
    pass(Duration.ofMillis(1));
    assertThat(keys.find(first.id(), NOW)).isEmpty();
  }

  @Test
  void a_broken_folder_leaves_what_was_known_and_is_told_once() throws IOException {
    write(second);
    Path broken = Files.writeString(folder.resolve("broken.pub"), "not a key");
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofSeconds(11));
      assertThat(keys.find(first.id(), NOW)).isPresent();
      assertThat(keys.find(second.id(), NOW)).isEmpty();
    }
    assertThat(troubles).singleElement().asString().contains("broken.pub");
    Files.delete(broken);
    pass(Duration.ofSeconds(11));
    assertThat(keys.find(second.id(), NOW)).isPresent();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void write(PublicKey key) throws IOException {
    Files.writeString(folder.resolve(key.id() + ".pub"), PublicKeyFile.of(key).text());
  }

  private static PublicKey key() {
    return PublicKey.of(new Ed25519PrivateKeyParameters(new SecureRandom()).generatePublicKey());
  }
}
