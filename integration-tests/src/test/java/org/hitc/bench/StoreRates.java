package org.hitc.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hitc.session.store.Change;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Migration;
import org.hitc.session.store.PostgresStore;
import org.hitc.session.store.SqliteStore;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.PostgresServer;

/** How many durable writes and how many reads an engine does in a second, by several at once. */
final class StoreRates {
  private static final List<Integer> AT_ONCE = List.of(1, 8, 64);
  private static final Duration TIME = Duration.ofSeconds(2);

  /** About the size of a session. */
  private static final int BODY = 120;

  private final Store store;

  private StoreRates(Store store) {
    this.store = store;
  }

  /** Of an embedded store in this folder. */
  static String embedded(Path folder) throws Exception {
    Path file = folder.resolve("rates.db");
    Migration.sqlite(file, "main");
    try (Store store = SqliteStore.open(file)) {
      return new StoreRates(store).words("SQLite");
    }
  }

  /** Of a PostgreSQL server on this machine, or why there is none. */
  static String server() throws Exception {
    if (PostgresServer.missing().isPresent()) {
      return PostgresServer.missing().get();
    }
    try (PostgresServer server = PostgresServer.start();
        Store store = PostgresStore.open(server.settings())) {
      return new StoreRates(store).words("PostgreSQL on the same machine");
    }
  }

  private interface Round {
    void run(Random random);
  }

  private String words(String engine) throws Exception {
    List<String> writes = new ArrayList<>();
    List<String> reads = new ArrayList<>();
    Key key = fresh(new Random(0));
    for (int threads : AT_ONCE) {
      writes.add(rate(threads, random -> write(fresh(random))));
      reads.add(rate(threads, _ -> store.read(List.of(key, epoch("anna"), epoch("everybody")))));
    }
    return String.format(
        "%s, by 1 / 8 / 64 at once: %s durable writes, %s reads a second",
        engine, String.join(" / ", writes), String.join(" / ", reads));
  }

  private void write(Key key) {
    Instant expires = Instant.now().plusSeconds(3_600);
    if (!store.write(Change.create(key, "anna", expires, new byte[BODY]))) {
      throw new IllegalStateException("a fresh key was taken");
    }
  }

  private static Key epoch(String name) {
    return new Key(Kind.EPOCH, name);
  }

  private static Key fresh(Random random) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return new Key(Kind.SESSION, HexFormat.of().formatHex(id));
  }

  private static String rate(int threads, Round round) throws Exception {
    long begin = System.nanoTime();
    long end = begin + TIME.toNanos();
    long all = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Random random = new Random(begin + i);
        counts.add(
            executor.submit(() -> {
              long count = 0;
              while (System.nanoTime() < end) {
                round.run(random);
                count++;
              }
              return count;
            }));
      }
      for (Future<Long> count : counts) {
        all += count.get();
      }
    }
    return String.format(Locale.ROOT, "%,d", all * 1_000 / TIME.toMillis());
  }
}
