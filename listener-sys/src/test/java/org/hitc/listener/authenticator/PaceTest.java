package org.hitc.listener.authenticator;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayName("What a listener may send")
@DisplayNameGeneration(ReplaceUnderscores.class)
final class PaceTest {
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");
  private final InstantSource clock = () -> now;
  private final Brake brake = new Brake(clock);

  private long admitted(int tries, String user, boolean exists, boolean familiar) {
    return IntStream.range(0, tries)
        .filter(_ -> brake.password(user, exists, familiar).admit())
        .count();
  }

  @Test
  void are_a_hundred_wrong_passwords_of_a_user_and_then_one_in_half_a_minute() {
    assertThat(admitted(500, "anna", true, true)).isEqualTo(100);
    now = now.plusSeconds(29);
    assertThat(admitted(500, "anna", true, true)).isZero();
    now = now.plusSeconds(1);
    assertThat(admitted(500, "anna", true, true)).isOne();
    now = now.plus(Duration.ofDays(1));
    assertThat(admitted(500, "anna", true, true)).isEqualTo(100);
  }

  @Test
  void as_strange_uses_up_nothing_of_what_is_familiar_nor_of_anybody_else() {
    assertThat(admitted(500, "anna", true, false)).isEqualTo(100);
    assertThat(admitted(1, "anna", true, true)).isOne();
    assertThat(admitted(1, "ben", true, false)).isOne();
  }

  @Test
  void as_nobody_is_braked_like_a_user_and_makes_none_be_forgotten() {
    assertThat(admitted(500, "anna", true, false)).isEqualTo(100);
    assertThat(admitted(500, "nobody", false, false)).isEqualTo(100);
    for (int i = 0; i < 50_000; i++) {
      brake.password("nobody" + i, false, false).admit();
    }
    assertThat(admitted(1, "anna", true, false)).isZero();
  }

  @Test
  void is_without_end_while_nothing_of_it_is_wrong() {
    for (int i = 0; i < 500; i++) {
      Brake.Try one = brake.password("anna", true, true);
      assertThat(one.admit()).isTrue();
      one.takeBack();
    }
  }

  @Test
  void are_twenty_wrong_codes_and_then_one_in_ten_minutes() {
    assertThat(IntStream.range(0, 99).filter(_ -> brake.answer("anna").admit()).count())
        .isEqualTo(20);
    now = now.plus(Duration.ofMinutes(10));
    assertThat(IntStream.range(0, 99).filter(_ -> brake.answer("anna").admit()).count()).isOne();
  }

  @Test
  void back_as_the_state_of_a_sign_in_is_what_it_got_for_that_user_and_not_for_long() {
    SealedState states = new SealedState(new SecureRandom(), clock);
    String sealed = states.seal("anna", "CODE 0 abc");
    assertThat(states.open("anna", sealed)).contains("CODE 0 abc");
    assertThat(states.open("ann", sealed)).isEmpty();
    assertThat(states.open("anna", sealed.replace("CODE 0", "CODE 1"))).isEmpty();
    assertThat(states.open("anna", "CODE 0 abc")).isEmpty();
    assertThat(new SealedState(new SecureRandom(), clock).open("anna", sealed))
        .as("after a restart")
        .isEmpty();
    now = now.plus(SealedState.LIFE);
    assertThat(states.open("anna", sealed)).isEmpty();
  }
}
