package org.hitc.listener.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.config.Users;
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

@DisplayName("Notices")
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // JUnit calls open before each test
class NoticesTest {
  private static final Notice ENDED =
      new Notice("root (0)", "sessions-end", "user anna", Instant.parse("2026-03-01T08:00:00Z"));

  @TempDir Path folder;

  private final SecureRandom random = new SecureRandom();
  private Store store;
  private AuditLog audit;

  @BeforeEach
  void open() throws IOException {
    store = FreshStore.open(folder.resolve("store.db"));
    audit = AuditLog.open(log(), InstantSource.system());
  }

  @AfterEach
  void close() {
    audit.close();
    store.close();
  }

  private Path log() {
    return folder.resolve("audit.log");
  }

  private List<String> administered() throws IOException {
    return Files.readAllLines(log()).stream()
        .filter(line -> line.contains("\"event\":\"administered\""))
        .toList();
  }

  private void awaitNone() throws InterruptedException {
    for (int i = 0; i < 100 && !store.scan(Kind.NOTICE, "", 1).isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(store.scan(Kind.NOTICE, "", 1)).isEmpty();
  }

  @Test
  void left_while_nobody_listened_are_audited_at_the_start() throws IOException {
    assertThat(store.write(ENDED.left(random))).isTrue();

    try (Notices _ = Notices.start(store, audit)) {
      assertThat(administered())
          .singleElement()
          .asString()
          .contains("\"done\":\"2026-03-01T08:00:00Z\"", "\"by\":\"root (0)\"")
          .contains("\"what\":\"sessions-end\"", "\"subject\":\"user anna\"");
      assertThat(store.scan(Kind.NOTICE, "", 1)).isEmpty();
    }
  }

  @Test
  void left_later_are_audited_soon_and_once() throws Exception {
    try (Notices _ = Notices.start(store, audit)) {
      for (int i = 0; i < 100; i++) {
        assertThat(store.write(ENDED.left(random))).isTrue();
      }
      awaitNone();
    }
    assertThat(administered()).hasSize(100);
  }

  @Test
  void of_a_form_that_nobody_knows_are_audited_as_such_and_stop_no_others() throws IOException {
    Key key = new Key(Kind.NOTICE, "0");
    assertThat(store.write(Change.create(key, "*", Entry.NEVER, new byte[] {99}))).isTrue();
    assertThat(store.write(ENDED.left(random))).isTrue();

    try (Notices _ = Notices.start(store, audit)) {
      assertThat(administered()).hasSize(2);
      assertThat(administered().getFirst()).contains("unreadable", "unknown form");
    }
  }

  /** A store in which the notice of this id cannot be removed. */
  private Store brittle(Key stuck) {
    InvocationHandler handler =
        (_, method, given) -> {
          if (method.getName().equals("write")
              && List.of(given).toString().contains("id=" + stuck.id() + "]")) {
            throw new IllegalStateException("a mistake of ours");
          }
          try {
            return method.invoke(store, given);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Store)
        Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, handler);
  }

  @Test
  void that_cannot_be_handled_keep_no_others_behind_them_and_stop_nothing() throws Exception {
    Key stuck = new Key(Kind.NOTICE, "0");
    assertThat(store.write(Change.create(stuck, "*", Entry.NEVER, new byte[] {99}))).isTrue();

    try (Notices _ = Notices.start(brittle(stuck), audit)) {
      for (int i = 0; i < 100; i++) {
        assertThat(store.write(ENDED.left(random))).isTrue();
      }
      for (int i = 0; i < 100 && store.scan(Kind.NOTICE, "", 9).size() > 1; i++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(store.scan(Kind.NOTICE, "", 9)).extracting(Entry::key).containsExactly(stuck);
    }
    assertThat(administered()).filteredOn(line -> line.contains("user anna")).hasSize(100);
    assertThat(administered()).as("the other once").hasSize(101);
  }

  @Test
  void stay_in_the_store_when_they_cannot_be_audited() {
    audit.close();
    assertThat(store.write(ENDED.left(random))).isTrue();

    try (Notices _ = Notices.start(store, audit)) {
      assertThat(store.scan(Kind.NOTICE, "", 9)).hasSize(1);
    }
    assertThat(store.scan(Kind.NOTICE, "", 9)).hasSize(1);
  }

  @Test
  void are_short() {
    assertThatThrownBy(() -> new Notice("x".repeat(201), "", "", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void name_the_user_who_runs_the_command() throws IOException {
    Users system = new Users();
    String self = system.name(system.self()).orElseThrow();
    assertThat(Operator.name(system)).contains(self + " (" + system.self() + ")");
  }
}
