package org.hitc.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Housekeeping")
final class HousekeepingTest {
  private static Housekeeping start(List<Housekeeping.Task> tasks) {
    return Housekeeping.start(tasks, InstantSource.system(), Duration.ofMillis(2));
  }

  @Test
  void goes_on_with_every_task_whatever_another_one_throws() throws Exception {
    CountDownLatch unchecked = new CountDownLatch(3);
    CountDownLatch checked = new CountDownLatch(3);
    CountDownLatch last = new CountDownLatch(3);
    List<Housekeeping.Task> tasks =
        List.of(
            new Housekeeping.Task(
                "unchecked",
                1,
                _ -> {
                  unchecked.countDown();
                  throw new DirectoryIteratorException(new IOException("stale file handle"));
                }),
            new Housekeeping.Task(
                "checked",
                1,
                _ -> {
                  checked.countDown();
                  throw new IOException("no folder");
                }),
            new Housekeeping.Task("last", 1, _ -> last.countDown()));
    try (Housekeeping _ = start(tasks)) {
      assertThat(unchecked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(checked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void does_in_each_round_what_is_urgent_and_the_rest_less_often() throws Exception {
    AtomicInteger often = new AtomicInteger();
    BlockingQueue<Integer> oftenBeforeSeldom = new LinkedBlockingQueue<>();
    List<Housekeeping.Task> tasks =
        List.of(
            new Housekeeping.Task("often", 1, _ -> often.incrementAndGet()),
            new Housekeeping.Task("seldom", 4, _ -> oftenBeforeSeldom.add(often.get())));
    try (Housekeeping _ = start(tasks)) {
      for (int expected : List.of(4, 8, 12)) {
        assertThat(oftenBeforeSeldom.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }
}
