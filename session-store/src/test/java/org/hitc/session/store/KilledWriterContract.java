package org.hitc.session.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What survives the death of processes; each engine has a subclass. */
abstract class KilledWriterContract {
  /** Writers that die together in a round. */
  private final int writers;

  private final int rounds;
  private final Random random = new Random(1);

  KilledWriterContract(int rounds, int writers) {
    this.rounds = rounds;
    this.writers = writers;
  }

  abstract Store open();

  /** Arguments of {@link AcknowledgingWriter} behind the round. */
  abstract List<String> place();

  /**
   * Something more that happens just before the writers die.
   *
   * @return true when the writers may end of it
   */
  boolean alsoBeforeTheKill(int round) {
    return false;
  }

  @Test
  void loses_nothing_that_was_acknowledged_and_brings_nothing_back_that_was_deleted()
      throws Exception {
    Map<String, Integer> acknowledged = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      Map<String, Integer> fresh = runAndKill(round);
      assertThat(fresh).as("round %d wrote something", round).isNotEmpty();
      acknowledged.putAll(fresh);
      try (Store store = open()) {
        fresh.forEach((name, step) -> assertKept(store, name, step));
        assertNextIsWholeOrAbsent(store, fresh);
      }
    }
    try (Store store = open()) {
      acknowledged.forEach((name, step) -> assertKept(store, name, step));
    }
  }

  /** One step more than was acknowledged may have become durable without the news getting out. */
  private static void assertKept(Store store, String name, int step) {
    Key left = AcknowledgingWriter.left(name);
    Key right = AcknowledgingWriter.right(name);
    Map<Key, Entry> found = store.read(List.of(left, right));
    if (step == AcknowledgingWriter.GONE) {
      assertThat(found).as("%s was deleted", name).isEmpty();
    } else if (step == 1 || !AcknowledgingWriter.isDeleted(number(name)) || !found.isEmpty()) {
      assertThat(found).as(name).containsKeys(left, right);
      assertThat(Objects.requireNonNull(found.get(left)).version())
          .as(name)
          .isBetween((long) step, 2L);
    }
  }

  /** The pair that was perhaps being written when the signal came. */
  private static void assertNextIsWholeOrAbsent(Store store, Map<String, Integer> fresh) {
    for (String name : fresh.keySet()) {
      String next = name.substring(0, name.lastIndexOf('-') + 1) + (number(name) + 1);
      if (!fresh.containsKey(next)) {
        Map<Key, Entry> found =
            store.read(List.of(AcknowledgingWriter.left(next), AcknowledgingWriter.right(next)));
        assertThat(found.size()).as(next).isIn(0, 2);
      }
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  private Map<String, Integer> runAndKill(int round) throws Exception {
    StringBuilder said = new StringBuilder();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> lives = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        Process writer = writer(round * writers + i);
        int millis = 5 + random.nextInt(95);
        lives.add(threads.submit(() -> lifeOf(writer, round, millis)));
      }
      for (Future<String> life : lives) {
        said.append(life.get());
      }
    }
    return lines(said.toString());
  }

  /** What it says, in whole lines, from its first word until it is killed. */
  private String lifeOf(Process writer, int round, int millis) throws Exception {
    String first = new String(writer.getInputStream().readNBytes(1), US_ASCII);
    FutureTask<Boolean> killing = new FutureTask<>(() -> kill(writer, round, millis));
    Thread.ofVirtual().start(killing);
    String whole = first + new String(writer.getInputStream().readAllBytes(), US_ASCII);
    boolean mayEnd = killing.get();
    int exit = writer.waitFor();
    assertThat(mayEnd || exit == 128 + 9).as("killed by signal 9, not %d", exit).isTrue();
    return whole.substring(0, whole.lastIndexOf('\n') + 1);
  }

  private boolean kill(Process writer, int round, int millis) throws InterruptedException {
    try {
      Thread.sleep(millis);
      return alsoBeforeTheKill(round);
    } finally {
      // Process.destroyForcibly would close the pipe that is still to be read.
      writer.toHandle().destroyForcibly();
    }
  }

  private Process writer(int round) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AcknowledgingWriter.class.getName(),
                Integer.toString(round)));
    line.addAll(place());
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static Map<String, Integer> lines(String output) {
    Map<String, Integer> acknowledged = new HashMap<>();
    for (String line : output.lines().toList()) {
      int space = line.indexOf(' ');
      acknowledged.merge(
          line.substring(0, space), Integer.parseInt(line.substring(space + 1)), Math::max);
    }
    return acknowledged;
  }
}
