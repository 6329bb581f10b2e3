package org.hitc.session.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A writer that is killed with SIGKILL")
class KilledWriterTest {
  private static final int KILLS = 20;

  @TempDir Path folder;

  @Test
  void has_lost_nothing_that_was_acknowledged_and_left_nothing_half_done() throws Exception {
    Path file = folder.resolve("store.db");
    Random random = new Random(1);
    Map<String, Integer> acknowledged = new HashMap<>();
    for (int round = 0; round < KILLS; round++) {
      Map<String, Integer> fresh = runAndKill(file, round, 50 + random.nextInt(250));
      assertThat(fresh).as("round %d wrote something", round).isNotEmpty();
      acknowledged.putAll(fresh);
      try (Store store = SqliteStore.open(file)) {
        for (Map.Entry<String, Integer> one : acknowledged.entrySet()) {
          assertThere(store, one.getKey(), one.getValue());
        }
        assertNextIsWholeOrAbsent(store, fresh);
      }
    }
  }

  private static void assertThere(Store store, String name, int version) {
    Key left = AcknowledgingWriter.left(name);
    Key right = AcknowledgingWriter.right(name);
    Map<Key, Entry> found = store.read(List.of(left, right));
    assertThat(found).as(name).containsKeys(left, right);
    // One more may have become durable without the news getting through.
    assertThat(Objects.requireNonNull(found.get(left)).version())
        .as(name)
        .isBetween((long) version, 2L);
  }

  /** The pair that was perhaps being written when the signal came. */
  private static void assertNextIsWholeOrAbsent(Store store, Map<String, Integer> fresh) {
    for (String name : fresh.keySet()) {
      int dash = name.lastIndexOf('-') + 1;
      String next = name.substring(0, dash) + (Integer.parseInt(name.substring(dash)) + 1);
      Map<Key, Entry> found =
          store.read(List.of(AcknowledgingWriter.left(next), AcknowledgingWriter.right(next)));
      assertThat(found.size()).as(next).isIn(0, 2);
    }
  }

  private static Map<String, Integer> runAndKill(Path file, int round, int millis)
      throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AcknowledgingWriter.class.getName(),
                file.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] first = writer.getInputStream().readNBytes(1);
    Thread killer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(millis);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              } finally {
                // Process.destroyForcibly would close the pipe that is still to be read.
                writer.toHandle().destroyForcibly();
              }
            });
    byte[] rest = writer.getInputStream().readAllBytes();
    killer.join();
    assertThat(writer.waitFor()).as("killed by signal 9").isEqualTo(128 + 9);
    return lines(new String(first, US_ASCII) + new String(rest, US_ASCII));
  }

  /** Complete lines only: the last may be cut off. */
  private static Map<String, Integer> lines(String output) {
    Map<String, Integer> acknowledged = new HashMap<>();
    int end = output.lastIndexOf('\n');
    for (String line : output.substring(0, Math.max(end, 0)).lines().toList()) {
      int space = line.indexOf(' ');
      acknowledged.merge(
          line.substring(0, space), Integer.parseInt(line.substring(space + 1)), Math::max);
    }
    return acknowledged;
  }
}
