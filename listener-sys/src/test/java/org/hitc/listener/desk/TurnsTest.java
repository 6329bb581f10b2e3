package org.hitc.listener.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nobody takes all turns. */
class TurnsTest {
  private final Turns turns = new Turns();

  @Test
  void one_user_has_so_many_at_once_and_the_next_has_his_own() {
    for (int i = 0; i < Turns.AT_ONCE; i++) {
      assertThat(turns.begin("anna")).isTrue();
    }
    assertThat(turns.begin("anna")).isFalse();
    assertThat(turns.begin("anna")).isFalse();
    assertThat(turns.begin("bert")).isTrue();
  }

  @Test
  void a_turn_that_is_given_back_can_be_taken_again() {
    for (int i = 0; i < 10 * Turns.AT_ONCE; i++) {
      assertThat(turns.begin("anna")).isTrue();
      turns.end("anna");
    }
  }
}
