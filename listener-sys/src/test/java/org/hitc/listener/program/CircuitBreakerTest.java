package org.hitc.listener.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hitc.channel.Refusal;
import org.hitc.listener.program.CircuitBreaker.Change;
import org.hitc.listener.program.CircuitBreaker.Pass;
import org.hitc.listener.program.CircuitBreaker.Verdict;
import org.junit.jupiter.api.Test;

/** A program that is broken is left alone for a while. */
class CircuitBreakerTest {
  private long now = Long.MAX_VALUE - 5;
  private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofNanos(100), () -> now);

  @Test
  void opens_after_so_many_failures_in_a_row_and_not_before() {
    assertThat(run(Verdict.BROKEN)).isEqualTo(Change.NONE);
    assertThat(run(Verdict.BROKEN)).isEqualTo(Change.NONE);
    assertThat(run(Verdict.WORKS)).isEqualTo(Change.NONE);
    assertThat(run(Verdict.BROKEN)).isEqualTo(Change.NONE);
    assertThat(run(Verdict.BROKEN)).isEqualTo(Change.NONE);
    assertThat(run(Verdict.NOTHING)).isEqualTo(Change.NONE);
    assertThat(breaker.refuses()).isFalse();
    assertThat(run(Verdict.BROKEN)).isEqualTo(Change.OPENED);
    assertThat(breaker.refuses()).isTrue();
    assertThat(breaker.pass()).isEqualTo(Pass.REFUSED);
  }

  @Test
  void lets_one_probe_through_when_the_pause_is_over_and_closes_when_it_works() {
    open();
    now += 99;
    assertThat(breaker.pass()).isEqualTo(Pass.REFUSED);
    now += 1;
    assertThat(breaker.refuses()).isFalse();
    assertThat(breaker.pass()).isEqualTo(Pass.PROBE);
    assertThat(breaker.pass()).isEqualTo(Pass.REFUSED);
    assertThat(breaker.refuses()).isTrue();
    assertThat(breaker.ended(Pass.PROBE, Verdict.WORKS)).isEqualTo(Change.CLOSED);
    assertThat(run(Verdict.BROKEN)).isEqualTo(Change.NONE);
    assertThat(run(Verdict.BROKEN)).isEqualTo(Change.NONE);
    assertThat(run(Verdict.BROKEN)).isEqualTo(Change.OPENED);
  }

  @Test
  void pauses_again_when_the_probe_fails() {
    open();
    now += 100;
    assertThat(breaker.pass()).isEqualTo(Pass.PROBE);
    now += 1_000;
    assertThat(breaker.ended(Pass.PROBE, Verdict.BROKEN)).isEqualTo(Change.OPENED);
    now += 99;
    assertThat(breaker.pass()).isEqualTo(Pass.REFUSED);
    now += 1;
    assertThat(breaker.pass()).isEqualTo(Pass.PROBE);
  }

  @Test
  void takes_the_next_as_the_probe_when_a_probe_says_nothing() {
    open();
    now += 100;
    assertThat(breaker.pass()).isEqualTo(Pass.PROBE);
    assertThat(breaker.ended(Pass.PROBE, Verdict.NOTHING)).isEqualTo(Change.NONE);
    assertThat(breaker.pass()).isEqualTo(Pass.PROBE);
  }

  @Test
  void does_not_listen_to_those_that_were_started_before_it_opened() {
    Pass early = breaker.pass();
    open();
    assertThat(breaker.ended(early, Verdict.WORKS)).isEqualTo(Change.NONE);
    assertThat(breaker.refuses()).isTrue();
    now += 100;
    assertThat(breaker.pass()).isEqualTo(Pass.PROBE);
    assertThat(breaker.ended(early, Verdict.BROKEN)).isEqualTo(Change.NONE);
    assertThat(breaker.ended(Pass.PROBE, Verdict.WORKS)).isEqualTo(Change.CLOSED);
  }

  @Test
  void never_opens_when_it_is_told_not_to() {
    CircuitBreaker never = new CircuitBreaker(0, Duration.ofSeconds(1), () -> now);
    for (int i = 0; i < 1_000; i++) {
      assertThat(never.ended(never.pass(), Verdict.BROKEN)).isEqualTo(Change.NONE);
    }
    assertThat(never.refuses()).isFalse();
  }

  @Test
  void takes_an_exit_status_for_business_and_not_for_a_failure() {
    assertThat(Verdict.of(new ProgramEnd.Exited(0))).isEqualTo(Verdict.WORKS);
    assertThat(Verdict.of(new ProgramEnd.Exited(1))).isEqualTo(Verdict.WORKS);
    assertThat(Verdict.of(new ProgramEnd.Signalled(11))).isEqualTo(Verdict.BROKEN);
    assertThat(Verdict.of(new ProgramEnd.TimedOut())).isEqualTo(Verdict.BROKEN);
    assertThat(Verdict.of(new ProgramEnd.OutputLimit())).isEqualTo(Verdict.BROKEN);
    assertThat(Verdict.of(new ProgramEnd.NotStarted(Refusal.JOB_START, "")))
        .isEqualTo(Verdict.BROKEN);
    assertThat(Verdict.of(new ProgramEnd.NotStarted(Refusal.ARG_LEN, "")))
        .isEqualTo(Verdict.NOTHING);
    assertThat(Verdict.of(new ProgramEnd.Cancelled(""))).isEqualTo(Verdict.NOTHING);
    assertThat(Verdict.of(new ProgramEnd.NotTaken(Refusal.STORE, ""))).isEqualTo(Verdict.NOTHING);
  }

  private void open() {
    run(Verdict.BROKEN);
    run(Verdict.BROKEN);
    run(Verdict.BROKEN);
  }

  private Change run(Verdict verdict) {
    return breaker.ended(breaker.pass(), verdict);
  }
}
