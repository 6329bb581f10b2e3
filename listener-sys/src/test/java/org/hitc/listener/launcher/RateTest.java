package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayName("147: The rate of a socket")
@DisplayNameGeneration(ReplaceUnderscores.class)
final class RateTest {
  private long now;

  @Test
  void lets_so_many_questions_a_second_through() {
    Rate rate = new Rate(() -> now);
    for (int i = 0; i < Rate.A_SECOND; i++) {
      assertThat(rate.admits()).isTrue();
    }
    assertThat(rate.admits()).isFalse();
    now += 1_000_000_000L / Rate.A_SECOND;
    assertThat(rate.admits()).isTrue();
    assertThat(rate.admits()).isFalse();
  }
}
