package org.hitc.listener.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hitc.listener.audit.AuditLog;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.token.PublicKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The keys of a running listener")
final class LiveKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir private Path folder;
  private final AtomicInteger ended = new AtomicInteger();
  private Path state;
  private AuditLog audit;

  @BeforeEach
  void make() throws IOException {
    state =
        Files.createDirectory(
            folder.resolve("state"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    audit = AuditLog.open(folder.resolve("audit.log"), CLOCK);
  }

  @AfterEach
  void close() {
    audit.close();
  }

  @Test
  void must_be_there_at_the_start() {
    assertThatThrownBy(() -> LiveKeys.open(state, audit, CLOCK, RANDOM))
        .hasMessageContaining("hitc keys init");
  }

  @Test
  void take_over_the_key_of_an_earlier_version() throws IOException {
    SigningKey old = SigningKey.create(RANDOM);
    old.save(state.resolve("session.key"));
    try (LiveKeys keys = LiveKeys.open(state, audit, CLOCK, RANDOM)) {
      assertThat(keys.signing().publicKey().id()).isEqualTo(old.publicKey().id());
      assertThat(keys.find(old.publicKey().id(), CLOCK.instant())).isPresent();
    }
    assertThat(log()).contains("keys-in-force", "\"signs\":\"" + old.publicKey().id());
  }

  @Test
  void change_without_a_restart_and_each_change_is_recorded() throws Exception {
    PublicKey old = init();
    try (LiveKeys keys = watched()) {
      PublicKey fresh;
      Instant until = CLOCK.instant().plusSeconds(600);
      try (KeyFolder changed = KeyFolder.open(state, Optional.empty(), RANDOM)) {
        changed.prepare(CLOCK.instant());
        fresh = changed.activate(CLOCK.instant(), until);
      }
      await(() -> keys.signing().publicKey().id().equals(fresh.id()));
      await(() -> log().contains("signs " + fresh.id()));
      assertThat(keys.find(old.id(), CLOCK.instant())).isPresent();
      assertThat(keys.find(old.id(), until)).as("88: retired").isEmpty();
      assertThat(ended).hasValue(0);
    }
  }

  @Test
  void stay_when_the_folder_is_broken_and_change_when_it_is_mended() throws Exception {
    PublicKey old = init();
    Path broken = state.resolve("keys/broken.pub");
    try (LiveKeys keys = watched()) {
      Files.writeString(broken, "not a key");
      PublicKey next;
      try (KeyFolder changed = KeyFolder.open(state, Optional.empty(), RANDOM)) {
        assertThatThrownBy(() -> changed.prepare(CLOCK.instant())).isInstanceOf(IOException.class);
      }
      Thread.sleep(2_500);
      assertThat(keys.signing().publicKey().id()).isEqualTo(old.id());
      assertThat(keys.find(old.id(), CLOCK.instant())).isPresent();
      Files.delete(broken);
      try (KeyFolder changed = KeyFolder.open(state, Optional.empty(), RANDOM)) {
        next = changed.prepare(CLOCK.instant());
      }
      await(() -> keys.find(next.id(), CLOCK.instant()).isPresent());
    }
  }

  @Test
  void end_every_session_in_an_emergency_even_one_that_came_while_nothing_ran() throws Exception {
    PublicKey old = init();
    emergency();
    try (LiveKeys keys = watched()) {
      await(() -> ended.get() == 1);
      await(() -> !Files.exists(state.resolve("keys/end-all-sessions")));
      emergency();
      await(() -> ended.get() == 2);
      assertThat(keys.find(old.id(), CLOCK.instant())).isEmpty();
      await(() -> log().contains("every session was ended"));
    }
  }

  @Test
  void end_every_session_although_a_file_cannot_be_read() throws Exception {
    init();
    try (LiveKeys keys = watched()) {
      emergency();
      await(() -> ended.get() == 1);
      String signs = keys.signing().publicKey().id();
      Files.writeString(state.resolve("keys/broken.pub"), "not a key");
      Files.writeString(state.resolve("keys/end-all-sessions"), "");
      await(() -> ended.get() == 2);
      assertThat(keys.signing().publicKey().id()).isEqualTo(signs);
    }
  }

  private void emergency() throws Exception {
    await(() -> {
      try (KeyFolder changed = KeyFolder.open(state, Optional.empty(), RANDOM)) {
        changed.emergency(CLOCK.instant());
        return true;
      } catch (IOException _) {
        return false;
      }
    });
  }

  private LiveKeys watched() throws IOException {
    LiveKeys keys = LiveKeys.open(state, audit, CLOCK, RANDOM);
    keys.watch(ended::incrementAndGet);
    return keys;
  }

  private PublicKey init() throws IOException {
    try (KeyFolder keys = KeyFolder.open(state, Optional.empty(), RANDOM)) {
      return keys.init(CLOCK.instant());
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("audit.log"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private interface Condition {
    boolean isMet() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    for (int i = 0; i < 200; i++) {
      if (condition.isMet()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("it did not come to that");
  }
}
