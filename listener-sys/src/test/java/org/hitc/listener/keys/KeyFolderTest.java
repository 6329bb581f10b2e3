package org.hitc.listener.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.hitc.channel.os.PosixFiles;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.token.PublicKey;
import org.hitc.session.token.PublicKeyFile;
import org.hitc.session.token.PublicKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The folder of keys")
final class KeyFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(36_060);
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;
  private Path state;
  private Path jail;

  @BeforeEach
  void make() throws IOException {
    state = privateFolder("state");
    jail = privateFolder("jail");
  }

  private Path privateFolder(String name) throws IOException {
    return Files.createDirectory(
        folder.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private KeyFolder open() throws IOException {
    int group = PosixFiles.getegid();
    return KeyFolder.open(state, Optional.of(new KeyFolder.Copies(jail, group)), RANDOM);
  }

  @Test
  void begins_with_a_key_that_signs_one_that_seals_and_a_copy_for_the_gateway() throws IOException {
    PublicKey key;
    try (KeyFolder keys = open()) {
      assertThat(keys.isReady()).isFalse();
      key = keys.init(NOW);
      assertThat(keys.init(NOW.plusSeconds(9)).id()).as("what is there stays").isEqualTo(key.id());
      assertThat(keys.sealed()).hasSize(1);
    }
    assertThat(signing()).isEqualTo(key.id());
    assertThat(believedIn(jail, NOW, key)).isTrue();
    assertThat(Files.getPosixFilePermissions(state.resolve("keys")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    try (Stream<Path> all = Files.walk(state.resolve("keys"))) {
      assertThat(all.filter(Files::isRegularFile))
          .hasSize(4)
          .allSatisfy(file ->
              assertThat(Files.getPosixFilePermissions(file))
                  .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }
    assertThat(Files.getPosixFilePermissions(jail.resolve(key.id() + ".pub")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    try (Stream<Path> all = Files.list(jail)) {
      assertThat(all).as("nothing private, nothing of the audit log").hasSize(1);
    }
  }

  @Test
  void takes_over_the_key_of_an_earlier_version_so_that_nobody_is_signed_out() throws IOException {
    SigningKey old = SigningKey.create(RANDOM);
    old.save(state.resolve("session.key"));
    try (KeyFolder keys = open()) {
      assertThat(keys.init(NOW).id()).isEqualTo(old.publicKey().id());
    }
    assertThat(state.resolve("session.key")).doesNotExist();
    assertThat(believedIn(state.resolve("keys"), NOW, old.publicKey())).isTrue();
  }

  @Nested
  @DisplayName("when the signing key is replaced")
  class Rotation {
    @Test
    void believes_the_old_key_until_its_last_session_must_have_ended() throws IOException {
      PublicKey old = init();
      PublicKey fresh = rotate();
      assertThat(signing()).isEqualTo(fresh.id()).isNotEqualTo(old.id());
      for (Path believing : List.of(state.resolve("keys"), jail)) {
        assertThat(believedIn(believing, LATER.minusSeconds(1), old)).isTrue();
        assertThat(believedIn(believing, LATER, old)).isFalse();
        assertThat(believedIn(believing, LATER, fresh)).isTrue();
      }
    }

    @Test
    void removes_what_is_past_its_end_at_the_next_one() throws IOException {
      PublicKey old = init();
      rotate();
      try (KeyFolder keys = open()) {
        keys.prepare(LATER.plusSeconds(1));
      }
      assertThat(state.resolve("keys").resolve(old.id() + ".pub")).doesNotExist();
      assertThat(jail.resolve(old.id() + ".pub")).doesNotExist();
    }

    @Test
    void a_prepared_key_is_believed_and_signs_nothing_yet() throws IOException {
      PublicKey old = init();
      PublicKey next;
      try (KeyFolder keys = open()) {
        next = keys.prepare(NOW);
        assertThat(keys.prepare(NOW.plusSeconds(5)).id()).as("once").isEqualTo(next.id());
      }
      assertThat(signing()).isEqualTo(old.id());
      assertThat(believedIn(jail, NOW, next)).isTrue();
      try (KeyFolder keys = open()) {
        assertThat(keys.activate(NOW, LATER).id()).isEqualTo(next.id());
        assertThat(keys.next()).isEmpty();
      }
    }

    @Test
    void an_emergency_believes_no_earlier_key_and_asks_for_the_end_of_all_sessions()
        throws IOException {
      PublicKey old = init();
      PublicKey older = old;
      PublicKey prepared;
      PublicKey foreign = SigningKey.create(RANDOM).publicKey();
      try (KeyFolder keys = open()) {
        prepared = keys.prepare(NOW);
        keys.add(PublicKeyFile.of(foreign), "fis-b", NOW);
        PublicKey sealing = keys.sealing().orElseThrow();
        KeyFolder.Emergency emergency = keys.emergency(NOW);
        PublicKey fresh = emergency.key();
        assertThat(emergency.unusable()).isEmpty();
        assertThat(KeyFolder.isEndingSessions(state)).isTrue();
        assertThat(keys.sealing().orElseThrow().id()).isNotEqualTo(sealing.id());
        for (Path believing : List.of(state.resolve("keys"), jail)) {
          assertThat(believedIn(believing, NOW, older)).isFalse();
          assertThat(believedIn(believing, NOW, prepared)).isFalse();
          assertThat(believedIn(believing, NOW, fresh)).isTrue();
          assertThat(believedIn(believing, NOW, foreign)).isTrue();
        }
        keys.sessionsEnded();
        assertThat(KeyFolder.isEndingSessions(state)).isFalse();
      }
    }

    @Test
    void an_emergency_is_stopped_by_no_file_that_cannot_be_read() throws IOException {
      PublicKey old = init();
      PublicKey foreign = SigningKey.create(RANDOM).publicKey();
      Path lying = state.resolve("keys");
      try (KeyFolder keys = open()) {
        keys.add(PublicKeyFile.of(foreign), "fis-b", NOW);
        Files.writeString(lying.resolve(old.id() + ".pub"), "spoilt");
        Files.writeString(lying.resolve("junk.pub"), "junk");
        Files.createDirectory(lying.resolve("folder.pub"));
        Files.createSymbolicLink(lying.resolve("link.pub"), lying.resolve("signing.key"));
        Path sealing = lying.resolve("audit").resolve(keys.sealing().orElseThrow().id() + ".pub");
        Files.writeString(sealing, "spoilt");

        KeyFolder.Emergency emergency = keys.emergency(NOW);

        assertThat(emergency.unusable())
            .containsExactlyInAnyOrder(old.id() + ".pub", "folder.pub", "junk.pub", "link.pub");
        assertThat(lying.resolve("junk.pub.unusable")).hasContent("junk");
        assertThat(signing()).isEqualTo(emergency.key().id());
        for (Path believing : List.of(lying, jail)) {
          assertThat(believedIn(believing, NOW, old)).isFalse();
          assertThat(believedIn(believing, NOW, foreign)).isTrue();
          assertThat(believedIn(believing, NOW, emergency.key())).isTrue();
        }
        assertThat(keys.sealed()).hasSize(2);
      }
    }

    @Test
    void breaks_off_with_an_end_for_the_old_key_or_not_at_all() throws IOException {
      PublicKey old = init();
      try (KeyFolder keys = open()) {
        keys.prepare(NOW);
        Path inTheWay = state.resolve("keys/" + old.id() + ".pub.new");
        Files.createDirectory(inTheWay);
        assertThatThrownBy(() -> keys.activate(NOW, LATER)).isInstanceOf(IOException.class);
        assertThat(signing()).as("its end could not be written").isEqualTo(old.id());
        Files.delete(inTheWay);
        keys.activate(NOW, LATER);
        assertThat(believedIn(jail, LATER, old)).isFalse();
      }
    }

    @Test
    void the_sealing_key_has_an_end_and_is_kept_for_verifying() throws IOException {
      init();
      try (KeyFolder keys = open()) {
        PublicKey old = keys.sealing().orElseThrow();
        keys.rotateAudit(NOW.plusSeconds(60));
        assertThat(keys.sealed())
            .hasSize(2)
            .anySatisfy(file -> {
              assertThat(file.key().id()).isEqualTo(old.id());
              assertThat(file.since()).contains(NOW);
              assertThat(file.until()).contains(NOW.plusSeconds(60));
            });
      }
    }

    @Test
    void the_public_key_is_there_before_the_key_seals() throws IOException {
      init();
      Path old = state.resolve("keys/audit.key");
      byte[] before = Files.readAllBytes(old);
      try (KeyFolder keys = open()) {
        // The private key cannot be replaced: as if it broke off right there.
        Files.createDirectories(state.resolve("keys/audit.key.new/in-the-way"));
        assertThatThrownBy(() -> keys.rotateAudit(NOW.plusSeconds(60)))
            .isInstanceOf(IOException.class);
        assertThat(Files.readAllBytes(old)).isEqualTo(before);
        assertThat(keys.sealed())
            .hasSize(2)
            .allSatisfy(file -> assertThat(file.until()).as("of the one that seals").isEmpty());
      }
    }

    @Test
    void a_public_key_that_is_missing_is_made_of_the_private_one() throws IOException {
      init();
      try (KeyFolder keys = open()) {
        PublicKey sealing = keys.sealing().orElseThrow();
        Files.delete(state.resolve("keys/audit/" + sealing.id() + ".pub"));
        Instant later = Instant.now().plusSeconds(86_400);
        keys.ensureAuditKey(later);
        assertThat(keys.sealed())
            .singleElement()
            .satisfies(file -> {
              assertThat(file.key().id()).isEqualTo(sealing.id());
              assertThat(file.since().orElseThrow()).as("since it was made").isBefore(later);
            });
      }
    }

    @Test
    void a_key_of_a_clock_that_was_ahead_counts_from_now_on() throws IOException {
      init();
      try (KeyFolder keys = open()) {
        keys.ensureAuditKey(NOW.minusSeconds(3_600));
        assertThat(keys.sealed())
            .singleElement()
            .satisfies(file -> assertThat(file.since()).contains(NOW.minusSeconds(3_600)));
      }
    }
  }

  @Nested
  @DisplayName("of other nodes")
  class Others {
    private final PublicKey foreign = SigningKey.create(RANDOM).publicKey();

    @Test
    void keys_are_added_and_removed() throws IOException {
      init();
      try (KeyFolder keys = open()) {
        keys.add(PublicKeyFile.of(foreign), "fis-b", NOW);
        assertThat(believedIn(jail, NOW, foreign)).isTrue();
        assertThat(keys.remove(foreign.id()).node()).contains("fis-b");
        assertThat(believedIn(jail, NOW, foreign)).isFalse();
        assertThatThrownBy(() -> keys.remove(foreign.id())).hasMessageContaining("no key");
      }
    }

    @Test
    void their_end_counts_here_too() throws IOException {
      init();
      try (KeyFolder keys = open()) {
        keys.add(PublicKeyFile.of(foreign), "fis-b", NOW);
        keys.add(PublicKeyFile.of(foreign).withUntil(LATER), "fis-b", NOW.plusSeconds(9));
      }
      assertThat(believedIn(jail, LATER.minusSeconds(1), foreign)).isTrue();
      assertThat(believedIn(jail, LATER, foreign)).isFalse();
    }

    @Test
    void neither_own_keys_nor_keys_of_audit_logs_are_taken_for_theirs() throws IOException {
      PublicKey own = init();
      try (KeyFolder keys = open()) {
        assertThatThrownBy(() -> keys.add(PublicKeyFile.of(own), "fis-b", NOW))
            .hasMessageContaining("of this node");
        PublicKeyFile audit = PublicKeyFile.of(foreign).withUse(PublicKeyFile.Use.AUDIT);
        assertThatThrownBy(() -> keys.add(audit, "fis-b", NOW)).hasMessageContaining("audit");
        assertThatThrownBy(() -> keys.remove(own.id())).hasMessageContaining("signs");
      }
    }
  }

  @Nested
  @DisplayName("104: changed by root in a folder of somebody else")
  class ByRoot {
    private static final int SOMEBODY = 61_000;

    @Test
    void gives_every_file_to_the_owner_of_the_folder() throws IOException {
      assumeTrue(PosixFiles.geteuid() == 0, "needs root");
      give(state);
      init();
      rotate();
      try (Stream<Path> all = Files.walk(state.resolve("keys"))) {
        assertThat(all)
            .hasSizeGreaterThan(5)
            .allSatisfy(
                file -> assertThat(attribute(file, "uid")).as("%s", file).isEqualTo(SOMEBODY));
      }
    }

    @Test
    void follows_no_link_that_the_owner_laid() throws IOException {
      assumeTrue(PosixFiles.geteuid() == 0, "needs root");
      give(state);
      PublicKey old = init();
      Path precious = Files.writeString(folder.resolve("precious"), "of root");
      Path keys = state.resolve("keys");
      for (String name : List.of("next.key.new", "next.key", "end-all-sessions", "audit.key.new")) {
        Files.deleteIfExists(keys.resolve(name));
        Files.createSymbolicLink(keys.resolve(name), precious);
      }
      Files.delete(keys.resolve(old.id() + ".pub"));
      Files.createSymbolicLink(keys.resolve(old.id() + ".pub"), precious);
      assertThatThrownBy(KeyFolderTest.this::rotate).isInstanceOf(IOException.class);
      Files.delete(keys.resolve(old.id() + ".pub"));
      assertThatThrownBy(KeyFolderTest.this::rotate).isInstanceOf(IOException.class);
      try (KeyFolder folder = open()) {
        folder.emergency(NOW);
      }
      assertThat(precious).hasContent("of root");
      assertThat(attribute(precious, "uid")).isZero();
      assertThat(keys.resolve("end-all-sessions")).isRegularFile();
      assertThat(Files.isSymbolicLink(keys.resolve("end-all-sessions"))).isFalse();
    }

    @Test
    void refuses_a_link_in_the_place_of_a_folder() throws IOException {
      assumeTrue(PosixFiles.geteuid() == 0, "needs root");
      give(state);
      Path other = privateFolder("other");
      Files.createSymbolicLink(state.resolve("keys"), other);
      assertThatThrownBy(KeyFolderTest.this::init).isInstanceOf(IOException.class);
      Files.delete(state.resolve("keys"));
      // Not the owner's, although it is no link: root's own folder was moved here.
      Files.move(other, state.resolve("keys"));
      assertThatThrownBy(KeyFolderTest.this::init).isInstanceOf(IOException.class);
      try (Stream<Path> all = Files.list(state.resolve("keys"))) {
        assertThat(all).isEmpty();
      }
    }

    private static void give(Path file) throws IOException {
      Files.setAttribute(file, "unix:uid", SOMEBODY);
    }

    private static int attribute(Path file, String name) {
      try {
        return Files.readAttributes(file, "unix:" + name).get(name) instanceof Integer i ? i : -1;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Test
  void is_changed_by_one_at_a_time() throws IOException {
    try (KeyFolder _ = open()) {
      assertThatThrownBy(this::open).hasMessageContaining("another command");
    }
  }

  @Test
  void waits_for_its_turn_a_short_while() throws Exception {
    KeyFolder first = open();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> second =
          threads.submit(() -> {
            open().close();
            return true;
          });
      assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      first.close();
      assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(true);
    }
  }

  private PublicKey init() throws IOException {
    try (KeyFolder keys = open()) {
      return keys.init(NOW);
    }
  }

  private PublicKey rotate() throws IOException {
    try (KeyFolder keys = open()) {
      keys.prepare(NOW);
      return keys.activate(NOW, LATER);
    }
  }

  private String signing() throws IOException {
    return SigningKey.load(state.resolve("keys/signing.key")).publicKey().id();
  }

  private static boolean believedIn(Path folder, Instant when, PublicKey key) throws IOException {
    return PublicKeys.load(folder).find(key.id(), when).isPresent();
  }
}
