package org.hitc.listener.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.os.PosixFiles;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The end of a grant")
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // JUnit calls open before each test
final class RevocationsTest {
  private static final Revocation ANNA = new Revocation.OfGrant("grant-of-anna");

  @TempDir private Path folder;

  private final List<String> told = new ArrayList<>();
  private Store store;

  @BeforeEach
  void open() {
    store = FreshStore.open(folder.resolve("store.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private FakeLauncher launcher() throws IOException {
    int self = PosixFiles.getuid();
    return new FakeLauncher(folder, self, self);
  }

  private Revocations of(String node) {
    return with(Optional.of(Grants.forSysSide(folder)), node);
  }

  private Revocations with(Optional<Grants> launcher, String node) {
    return new Revocations(
        launcher,
        store,
        node,
        InstantSource.system(),
        new SecureRandom(),
        new Revocations.Told() {
          @Override
          public void owed(String subject, String why) {
            told.add("owed " + subject);
          }

          @Override
          public void late(String subject) {
            told.add("late " + subject);
          }
        });
  }

  @Test
  void is_told_at_once_and_leaves_nothing() throws IOException {
    try (FakeLauncher launcher = launcher()) {
      Revocations revocations = of("main");
      revocations.end(ANNA, "session 5e55 of anna");
      revocations.end(new Revocation.OfUser("anna"), "user anna");
      revocations.end(new Revocation.OfEverybody(), "everybody");
      revocations.settle();
      assertThat(launcher.asked())
          .containsExactly("run revoke grant-of-anna", "run revoke-user anna", "run revoke-all");
    }
    assertThat(told).isEmpty();
    assertThat(store.scan(Kind.REVOCATION, "", 9)).isEmpty();
  }

  @Test
  void is_told_when_the_launcher_is_back_by_whichever_process_looks() throws IOException {
    of("main").end(ANNA, "session 5e55 of anna");
    of("main").end(new Revocation.OfUser("ben"), "user ben");
    assertThat(told).containsExactly("owed session 5e55 of anna", "owed user ben");
    of("main").settle();
    assertThat(store.scan(Kind.REVOCATION, "", 9)).hasSize(2);
    told.clear();
    try (FakeLauncher launcher = launcher()) {
      of("main").settle();
      of("main").settle();
      assertThat(launcher.asked())
          .containsExactlyInAnyOrder("run revoke grant-of-anna", "run revoke-user ben");
    }
    assertThat(told).containsExactlyInAnyOrder("late session 5e55 of anna", "late user ben");
  }

  @Test
  void is_owed_no_longer_when_the_launcher_has_begun_anew_and_knows_no_such_grant()
      throws IOException {
    of("main").end(new Revocation.OfGrant("of-an-earlier-launcher"), "session 5e55 of anna");
    try (FakeLauncher launcher = launcher()) {
      of("main").settle();
      assertThat(launcher.asked()).isEmpty();
    }
    assertThat(store.scan(Kind.REVOCATION, "", 9)).isEmpty();
  }

  @Test
  void reaches_the_launchers_of_other_nodes_by_their_listeners() throws IOException {
    for (String node : List.of("east", "west")) {
      store.write(Change.create(new Key(Kind.NODE, node), "id", Entry.NEVER, new byte[0]));
    }
    try (FakeLauncher launcher = launcher()) {
      of("east").end(ANNA, "session 5e55 of anna");
      of("east").settle();
      assertThat(launcher.asked()).hasSize(1);
      of("west").settle();
      assertThat(launcher.asked()).hasSize(2);
    }
    assertThat(told).containsExactly("late session 5e55 of anna");
  }

  @Test
  void is_nothing_where_there_is_no_launcher() {
    with(Optional.empty(), "main").end(ANNA, "session 5e55 of anna");
    assertThat(store.scan(Kind.REVOCATION, "", 9)).isEmpty();
  }

  @Test
  void of_another_version_keeps_no_other_from_being_told() throws IOException {
    store.write(
        Change.create(new Key(Kind.REVOCATION, "z"), "main", Entry.NEVER, new byte[] {1, 2, 3}));
    of("main").end(ANNA, "session 5e55 of anna");
    try (FakeLauncher launcher = launcher()) {
      of("main").settle();
      assertThat(launcher.asked()).containsExactly("run revoke grant-of-anna");
    }
    assertThat(store.scan(Kind.REVOCATION, "", 9)).isEmpty();
  }
}
