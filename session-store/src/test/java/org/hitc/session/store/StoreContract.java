package org.hitc.session.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine has to keep to; each has a subclass. */
abstract class StoreContract {
  private static final Instant LATER = Instant.parse("2026-03-01T08:00:00.123Z");
  private static final Key KEY = new Key(Kind.SESSION, "k");

  private final List<Store> opened = new ArrayList<>();

  /** A further handle on the same entries, as another process would have it. */
  abstract Store open();

  /** Runs a statement past the store. */
  abstract void execute(String sql) throws Exception;

  @SuppressWarnings("NullAway.Init") // JUnit calls openFirst before each test
  private Store store;

  @BeforeEach
  void openFirst() {
    store = opened();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  private Store opened() {
    Store fresh = open();
    opened.add(fresh);
    return fresh;
  }

  @Nested
  class An_entry {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void comes_back_as_it_was_written(Kind kind) {
      Key key = new Key(kind, "!id~");
      byte[] body = everyByte();
      assertThat(store.write(Change.create(key, "änna 名", LATER, body))).isTrue();
      Entry entry = store.read(key).orElseThrow();
      assertThat(entry.key()).isEqualTo(key);
      assertThat(entry.version()).isEqualTo(1);
      assertThat(entry.owner()).isEqualTo("änna 名");
      assertThat(entry.expires()).isEqualTo(LATER);
      assertThat(entry.body()).isEqualTo(body);
    }

    @Test
    void is_absent_before_it_is_made_and_under_another_kind() {
      create(KEY);
      assertThat(store.read(new Key(Kind.VISIT, "k"))).isEmpty();
      assertThat(store.read(new Key(Kind.SESSION, "K"))).isEmpty();
    }

    @Test
    void is_made_once() {
      create(KEY);
      assertThat(store.write(Change.create(KEY, "eve", LATER, bytes("2")))).isFalse();
      assertThat(store.read(KEY).orElseThrow().owner()).isEqualTo("anna");
    }

    @Test
    void is_replaced_only_as_it_was_read() {
      Entry first = create(KEY);
      assertThat(store.write(Change.replace(first, LATER.plusSeconds(1), bytes("2")))).isTrue();
      assertThat(store.write(Change.replace(first, LATER, bytes("3")))).isFalse();
      Entry second = store.read(KEY).orElseThrow();
      assertThat(second.version()).isEqualTo(2);
      assertThat(second.owner()).isEqualTo("anna");
      assertThat(second.expires()).isEqualTo(LATER.plusSeconds(1));
      assertThat(second.body()).isEqualTo(bytes("2"));
    }

    @Test
    void is_deleted_only_as_it_was_read() {
      Entry first = create(KEY);
      assertThat(store.write(Change.replace(first, LATER, bytes("2")))).isTrue();
      assertThat(store.write(Change.delete(first))).isFalse();
      assertThat(store.write(Change.delete(store.read(KEY).orElseThrow()))).isTrue();
      assertThat(store.read(KEY)).isEmpty();
      assertThat(store.write(Change.delete(first))).isFalse();
      assertThat(store.write(Change.replace(first, LATER, bytes("2")))).isFalse();
    }

    @Test
    void may_be_empty_or_as_long_as_the_limit_and_no_longer() {
      for (int size : new int[] {0, 1, Entry.MAX_BODY}) {
        Key key = new Key(Kind.PAGE, "size" + size);
        assertThat(store.write(Change.create(key, "", LATER, new byte[size]))).isTrue();
        assertThat(store.read(key).orElseThrow().body()).hasSize(size);
      }
      byte[] more = new byte[Entry.MAX_BODY + 1];
      assertThatThrownBy(() -> Change.create(KEY, "", LATER, more))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void can_last_for_ever() {
      assertThat(store.write(Change.create(KEY, "", Entry.NEVER, bytes("1")))).isTrue();
      assertThat(store.read(KEY).orElseThrow().expires()).isEqualTo(Entry.NEVER);
      assertThat(store.removeExpired(Entry.NEVER.minusMillis(1), 10)).isZero();
    }

    @Test
    void never_becomes_a_part_of_a_statement() {
      String hostile = "'||(SELECT/**/1));DROP/**/TABLE/**/entry;--\"`$1?";
      Key key = new Key(Kind.VISIT, hostile);
      assertThat(store.write(Change.create(key, hostile, LATER, bytes(hostile)))).isTrue();
      assertThat(store.read(key).orElseThrow().body()).isEqualTo(bytes(hostile));
      assertThat(store.list(Kind.VISIT, hostile, 10)).hasSize(1);
    }
  }

  @Nested
  class Several_changes {
    @Test
    void are_all_made() {
      Entry old = create(key(1));
      Entry gone = create(key(2));
      assertThat(
              store.write(
                  List.of(
                      Change.create(key(3), "anna", LATER, bytes("3")),
                      Change.replace(old, LATER, bytes("2")),
                      Change.delete(gone))))
          .isTrue();
      assertThat(store.read(List.of(key(1), key(2), key(3))).keySet())
          .containsExactlyInAnyOrder(key(1), key(3));
    }

    @Test
    void are_all_left_out_when_one_does_not_hold_wherever_it_stands() {
      create(key(0));
      Change failing = Change.create(key(0), "anna", LATER, bytes("x"));
      for (int place = 0; place < 5; place++) {
        List<Change> changes =
            new ArrayList<>(
                IntStream.rangeClosed(1, 4)
                    .mapToObj(i -> Change.create(key(i), "anna", LATER, bytes("x")))
                    .toList());
        changes.add(place, failing);
        assertThat(store.write(changes)).as("failing at %d", place).isFalse();
        assertThat(store.list(Kind.SESSION, "anna", 10)).hasSize(1);
      }
    }

    @Test
    void are_bounded_and_of_different_entries() {
      Change change = Change.create(KEY, "", LATER, bytes("1"));
      assertThatThrownBy(() -> store.write(List.of())).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.write(List.of(change, change)))
          .isInstanceOf(IllegalArgumentException.class);
      List<Change> many =
          IntStream.rangeClosed(0, Store.MAX_BATCH)
              .mapToObj(i -> Change.create(key(i), "", LATER, bytes("1")))
              .toList();
      assertThatThrownBy(() -> store.write(many)).isInstanceOf(IllegalArgumentException.class);
      assertThat(store.write(many.subList(1, many.size()))).isTrue();
      assertThat(store.read(many.subList(1, many.size()).stream().map(Change::key).toList()))
          .hasSize(Store.MAX_BATCH);
    }
  }

  @Nested
  class A_list {
    @Test
    void holds_the_owners_entries_of_the_kind_the_last_to_expire_first() {
      for (int i = 0; i < 5; i++) {
        assertThat(store.write(Change.create(key(i), "anna", LATER.plusSeconds(i % 3), bytes("1"))))
            .isTrue();
      }
      assertThat(store.write(Change.create(key(9), "ben", LATER, bytes("1")))).isTrue();
      assertThat(store.write(Change.create(new Key(Kind.JOB, "1"), "anna", LATER, bytes("1"))))
          .isTrue();
      assertThat(store.list(Kind.SESSION, "anna", 10))
          .extracting(Entry::key)
          .containsExactly(key(2), key(1), key(4), key(0), key(3));
      assertThat(store.list(Kind.SESSION, "anna", 2))
          .extracting(Entry::key)
          .containsExactly(key(2), key(1));
      assertThat(store.list(Kind.SESSION, "nobody", 10)).isEmpty();
    }

    @Test
    void is_bounded() {
      for (int limit : new int[] {0, -1, Store.MAX_LIST + 1}) {
        assertThatThrownBy(() -> store.list(Kind.SESSION, "anna", limit))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.removeExpired(LATER, limit))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void a_scan_gives_every_entry_of_the_kind_once_part_by_part_in_the_order_of_bytes() {
    List<String> ids = List.of("_", "a", "B", "-1", "a.b", "a-b", "0");
    for (String id : ids) {
      assertThat(store.write(Change.create(new Key(Kind.JOB, id), id, LATER, bytes("1")))).isTrue();
    }
    assertThat(store.write(Change.create(key(1), "anna", LATER, bytes("1")))).isTrue();
    List<String> found = new ArrayList<>();
    List<Entry> part = store.scan(Kind.JOB, "", 2);
    while (!part.isEmpty()) {
      part.forEach(entry -> found.add(entry.key().id()));
      part = store.scan(Kind.JOB, part.getLast().key().id(), 2);
    }
    assertThat(found).isEqualTo(ids.stream().sorted().toList());
    assertThatThrownBy(() -> store.scan(Kind.JOB, "", Store.MAX_LIST + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void removing_takes_what_is_over_the_oldest_first_and_no_more_than_asked() {
    for (int i = 0; i < 5; i++) {
      assertThat(store.write(Change.create(key(i), "anna", LATER.plusMillis(i), bytes("1"))))
          .isTrue();
    }
    assertThat(store.removeExpired(LATER.plusMillis(3), 3)).isEqualTo(3);
    assertThat(store.list(Kind.SESSION, "anna", 10))
        .extracting(Entry::key)
        .containsExactly(key(4), key(3));
    assertThat(store.removeExpired(LATER.plusMillis(3), 3)).isEqualTo(1);
    assertThat(store.removeExpired(LATER.plusMillis(3), 3)).isZero();
  }

  @Test
  void very_much_that_is_over_goes_in_small_steps_between_which_others_write() throws Exception {
    int many = 100_000;
    execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            + many
            + ") INSERT INTO entry SELECT 4, 'p' || i, 1, 'v', i, CAST('x' AS BYTEA) FROM n");
    create(KEY);
    Instant now = Instant.ofEpochMilli(many);
    assertThat(Expiry.remove(store, now, Duration.ZERO)).isEqualTo(Store.MAX_LIST);
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Duration> longest = threads.submit(() -> longestWrite(over));
      int removed = Store.MAX_LIST;
      for (int minute = 0; minute < 60 && removed < many; minute++) {
        long before = System.nanoTime();
        removed += Expiry.remove(store, now, Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
      }
      over.set(true);
      assertThat(removed).isEqualTo(many);
      assertThat(longest.get()).isLessThan(Duration.ofSeconds(3));
    }
    assertThat(store.removeExpired(now, 1)).isZero();
    assertThat(store.read(KEY)).isPresent();
  }

  private Duration longestWrite(AtomicBoolean over) {
    long longest = 0;
    while (!over.get()) {
      long before = System.nanoTime();
      Entry was = store.read(KEY).orElseThrow();
      assertThat(store.write(Change.replace(was, LATER, bytes("2")))).isTrue();
      longest = Math.max(longest, System.nanoTime() - before);
    }
    return Duration.ofNanos(longest);
  }

  @Nested
  class Many_writers {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 25;

    @Test
    void of_several_processes_lose_no_update() throws Exception {
      create(KEY);
      Store other = opened();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          Store mine = i % 2 == 0 ? store : other;
          all.add(threads.submit(() -> increment(mine)));
        }
        for (Future<?> one : all) {
          one.get();
        }
      }
      Entry last = store.read(KEY).orElseThrow();
      assertThat(last.version()).isEqualTo(1 + WRITERS * ROUNDS);
      assertThat(other.read(KEY).orElseThrow().version()).isEqualTo(last.version());
    }

    @Test
    void of_the_same_entries_in_opposite_order_all_get_their_turn() throws Exception {
      Key left = key(1);
      Key right = key(2);
      create(left);
      create(right);
      Store other = opened();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          Store mine = i % 2 == 0 ? store : other;
          List<Key> order = i % 2 == 0 ? List.of(left, right) : List.of(right, left);
          all.add(threads.submit(() -> incrementAll(mine, order)));
        }
        for (Future<?> one : all) {
          one.get();
        }
      }
      long last = 1 + WRITERS * ROUNDS;
      assertThat(store.read(left).orElseThrow().version()).isEqualTo(last);
      assertThat(store.read(right).orElseThrow().version()).isEqualTo(last);
    }

    private static void incrementAll(Store mine, List<Key> order) {
      int done = 0;
      while (done < ROUNDS) {
        Map<Key, Entry> was = mine.read(order);
        List<Change> changes =
            order.stream()
                .map(key -> Change.replace(Objects.requireNonNull(was.get(key)), LATER, bytes("x")))
                .toList();
        if (mine.write(changes)) {
          done++;
        }
      }
    }

    private static void increment(Store mine) {
      int done = 0;
      while (done < ROUNDS) {
        Entry was = mine.read(KEY).orElseThrow();
        if (mine.write(Change.replace(was, LATER, bytes("x")))) {
          done++;
        }
      }
    }

    @Test
    void that_want_the_same_entry_have_one_winner() throws Exception {
      for (int round = 0; round < 20; round++) {
        Key key = key(round);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          List<Future<Boolean>> all = new ArrayList<>();
          for (int i = 0; i < WRITERS; i++) {
            List<Change> mine =
                List.of(
                    Change.create(new Key(Kind.JOB, round + "-" + i), "", LATER, bytes("1")),
                    Change.create(key, "w" + i, LATER, bytes("1")));
            all.add(threads.submit(() -> store.write(mine)));
          }
          int winners = 0;
          for (Future<Boolean> one : all) {
            winners += one.get() ? 1 : 0;
          }
          assertThat(winners).isEqualTo(1);
        }
        assertThat(store.list(Kind.JOB, "", 100)).hasSize(round + 1);
      }
    }
  }

  @Test
  void what_was_written_is_there_after_opening_again() {
    create(KEY);
    opened.forEach(Store::close);
    opened.clear();
    assertThat(opened().read(KEY)).isPresent();
  }

  @Test
  void a_closed_store_refuses_and_says_so() {
    store.close();
    assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.write(Change.create(KEY, "", LATER, bytes("1"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    opened.clear();
  }

  private Entry create(Key key) {
    assertThat(store.write(Change.create(key, "anna", LATER, bytes("1")))).isTrue();
    return store.read(key).orElseThrow();
  }

  private static Key key(int number) {
    return new Key(Kind.SESSION, "k" + number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
