package org.hitc.listener.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is usual is what was lately. */
class DurationsTest {
  private final Durations durations = new Durations();

  @Test
  void say_nothing_after_two_jobs() {
    add("ask", 1);
    add("ask", 2);
    assertThat(durations.of("budget_12", "ask")).isEmpty();
    add("ask", 3);
    assertThat(durations.of("budget_12", "ask")).contains(usual(1, 3));
    assertThat(durations.of("budget_12", "other")).isEmpty();
  }

  @Test
  void leave_out_the_odd_ones_and_forget_what_is_long_ago() {
    for (int i = 0; i < Durations.JOBS; i++) {
      add("ask", 1_000);
    }
    add("ask", 900);
    add("ask", 1);
    for (int i = 0; i < Durations.JOBS - 2; i++) {
      add("ask", 10 + i);
    }
    assertThat(durations.of("budget_12", "ask")).contains(usual(11, 26));
  }

  @Test
  void of_a_bounded_number_of_steps_are_remembered() {
    for (int i = 0; i < 3; i++) {
      add("first", 1);
    }
    for (int i = 0; i < Durations.STEPS; i++) {
      add("step" + i, 1);
    }
    assertThat(durations.of("budget_12", "first")).isEmpty();
  }

  private void add(String step, int seconds) {
    durations.add("budget_12", step, Duration.ofSeconds(seconds));
  }

  private static JobView.Usual usual(int low, int high) {
    return new JobView.Usual(Duration.ofSeconds(low), Duration.ofSeconds(high));
  }
}
