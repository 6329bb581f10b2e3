package org.hitc.listener.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Nobody fills the store for the others. */
class KeepingQuotaTest {
  private Instant now = Instant.parse("2026-11-23T14:03:00Z");
  private final KeepingQuota quota = new KeepingQuota(() -> now);

  @Test
  void somebody_who_has_filled_it_waits_and_nobody_else_does() {
    quota.take("anna", KeepingQuota.CAPACITY);
    assertThat(quota.hasRoom("anna")).isFalse();
    assertThat(quota.hasRoom("bert")).isTrue();
    now = now.plusSeconds(1);
    assertThat(quota.hasRoom("anna")).isTrue();
  }

  @Test
  void small_pages_count_too() {
    long pages = KeepingQuota.CAPACITY / KeepingQuota.PER_PAGE;
    for (long i = 0; i < pages; i++) {
      assertThat(quota.hasRoom("anna")).isTrue();
      quota.take("anna", 0);
    }
    assertThat(quota.hasRoom("anna")).isFalse();
  }

  @Test
  void looking_often_gives_nothing_back_and_takes_nothing() {
    quota.take("anna", KeepingQuota.CAPACITY);
    for (int i = 0; i < 999; i++) {
      now = now.plusMillis(1).minusNanos(1);
      quota.hasRoom("anna");
    }
    long back = KeepingQuota.CAPACITY / KeepingQuota.PER_SECOND;
    now = now.plusSeconds(back + 1);
    assertThat(quota.hasRoom("anna")).isTrue();
    quota.take("anna", KeepingQuota.CAPACITY - 2 * KeepingQuota.PER_PAGE);
    assertThat(quota.hasRoom("anna")).isTrue();
  }

  @Test
  void a_clock_that_is_set_back_gives_nothing() {
    quota.take("anna", KeepingQuota.CAPACITY);
    now = now.minusSeconds(86_400);
    assertThat(quota.hasRoom("anna")).isFalse();
  }
}
