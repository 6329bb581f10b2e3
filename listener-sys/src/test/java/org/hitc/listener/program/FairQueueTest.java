package org.hitc.listener.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who wait for a program take turns. */
@Timeout(60)
class FairQueueTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void a_free_place_is_taken_at_once() {
    FairQueue queue = new FairQueue(2);
    assertThat(has(queue.enter("anna"))).isTrue();
    assertThat(has(queue.enter("anna"))).isTrue();
    assertThat(has(queue.enter("anna"))).isFalse();
  }

  @Test
  void one_job_of_another_user_does_not_wait_behind_sixteen() {
    FairQueue queue = new FairQueue(1);
    FairQueue.Turn running = queue.enter("anna");
    List<FairQueue.Turn> annas = enter(queue, "anna", 15);
    FairQueue.Turn bert = queue.enter("bert");
    assertThat(bert.before()).hasValue(1);
    running.close();
    assertThat(has(annas.getFirst())).isTrue();
    annas.getFirst().close();
    assertThat(has(bert)).isTrue();
    assertThat(has(annas.get(1))).isFalse();
  }

  @Test
  void users_take_turns_and_each_ones_own_jobs_keep_their_order() {
    FairQueue queue = new FairQueue(1);
    FairQueue.Turn running = queue.enter("zoe");
    List<FairQueue.Turn> annas = enter(queue, "anna", 3);
    List<FairQueue.Turn> berts = enter(queue, "bert", 1);
    List<FairQueue.Turn> chris = enter(queue, "chris", 2);
    List<FairQueue.Turn> order =
        List.of(annas.get(0), berts.get(0), chris.get(0), annas.get(1), chris.get(1), annas.get(2));
    for (int i = 0; i < order.size(); i++) {
      assertThat(order.get(i).before()).as("before the %dth", i).hasValue(i);
    }
    running.close();
    for (FairQueue.Turn turn : order) {
      assertThat(has(turn)).isTrue();
      turn.close();
    }
    assertThat(has(queue.enter("anna"))).isTrue();
  }

  /** The number is what it says: how many get a place before, if nobody else comes. */
  @Test
  void the_position_of_every_turn_in_a_thousand_random_lines_comes_true() {
    Random random = new Random(7);
    for (int round = 0; round < 1_000; round++) {
      FairQueue queue = new FairQueue(1);
      FairQueue.Turn running = queue.enter("user0");
      List<FairQueue.Turn> waiting = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(12); i++) {
        waiting.add(queue.enter("user" + random.nextInt(4)));
      }
      for (int i = 0; i < random.nextInt(3) && waiting.size() > 1; i++) {
        waiting.remove(random.nextInt(waiting.size())).close();
      }
      Collections.shuffle(waiting, random);
      List<Integer> expected = waiting.stream().map(turn -> turn.before().orElseThrow()).toList();
      List<Integer> came = new ArrayList<>(Collections.nCopies(waiting.size(), -1));
      FairQueue.Turn last = running;
      for (int position = 0; position < waiting.size(); position++) {
        last.close();
        int next = only(waiting, came);
        came.set(next, position);
        last = waiting.get(next);
      }
      assertThat(came).isEqualTo(expected);
    }
  }

  @Test
  void who_leaves_the_line_frees_nothing_and_holds_up_nobody() {
    FairQueue queue = new FairQueue(1);
    FairQueue.Turn running = queue.enter("anna");
    FairQueue.Turn leaves = queue.enter("bert");
    FairQueue.Turn stays = queue.enter("chris");
    leaves.close();
    leaves.close();
    assertThat(leaves.before()).isEqualTo(OptionalInt.empty());
    assertThat(stays.before()).hasValue(0);
    assertThat(has(stays)).isFalse();
    running.close();
    running.close();
    assertThat(has(stays)).isTrue();
    assertThat(has(queue.enter("bert"))).isFalse();
  }

  @Test
  void who_is_closed_while_it_waits_stops_to_wait() throws Exception {
    FairQueue queue = new FairQueue(1);
    queue.enter("anna");
    FairQueue.Turn waits = queue.enter("bert");
    CompletableFuture<Boolean> came = CompletableFuture.supplyAsync(() -> waits.await(LONG));
    TimeUnit.MILLISECONDS.sleep(50);
    assertThat(came).isNotDone();
    waits.close();
    assertThat(came.get(5, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void who_waited_in_vain_still_stands_in_line_until_it_is_closed() {
    FairQueue queue = new FairQueue(1);
    FairQueue.Turn running = queue.enter("anna");
    FairQueue.Turn waits = queue.enter("bert");
    assertThat(waits.await(Duration.ofMillis(20))).isFalse();
    assertThat(waits.before()).hasValue(0);
    running.close();
    assertThat(has(waits)).isTrue();
  }

  /** No wake-up is lost and no place too many is given, whoever leaves when. */
  @Test
  void many_threads_of_many_users_get_their_places_and_never_too_many_at_once() throws Exception {
    int places = 3;
    FairQueue queue = new FairQueue(places);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger served = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4_000; i++) {
        int number = i;
        all.add(
            threads.submit(() -> {
              // Every fifth gives up almost at once, every seventh is closed by somebody else.
              try (FairQueue.Turn turn = queue.enter("user" + number % 13)) {
                if (number % 7 == 0) {
                  threads.execute(turn::close);
                }
                if (turn.await(number % 5 == 0 ? Duration.ofNanos(1_000) : LONG)
                    && number % 7 != 0) {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  TimeUnit.NANOSECONDS.sleep(1_000);
                  inside.decrementAndGet();
                  served.incrementAndGet();
                } else {
                  assertThat(number % 5 == 0 || number % 7 == 0).isTrue();
                }
                return number;
              }
            }));
      }
      for (Future<?> each : all) {
        each.get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(most.get()).isLessThanOrEqualTo(places);
    assertThat(served.get()).isGreaterThanOrEqualTo(4_000 * 4 / 5 * 6 / 7 - 7);
    for (int i = 0; i < places; i++) {
      assertThat(has(queue.enter("anna"))).isTrue();
    }
    assertThat(has(queue.enter("anna"))).isFalse();
  }

  private static List<FairQueue.Turn> enter(FairQueue queue, String user, int count) {
    List<FairQueue.Turn> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      turns.add(queue.enter(user));
    }
    return turns;
  }

  /** The one that has just got the place. */
  private static int only(List<FairQueue.Turn> turns, List<Integer> came) {
    List<Integer> have = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      if (came.get(i) < 0 && has(turns.get(i))) {
        have.add(i);
      }
    }
    assertThat(have).hasSize(1);
    return have.getFirst();
  }

  private static boolean has(FairQueue.Turn turn) {
    return turn.await(Duration.ZERO);
  }
}
