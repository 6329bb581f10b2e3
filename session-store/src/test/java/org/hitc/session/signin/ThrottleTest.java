package org.hitc.session.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.session.MutableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The brake on guessing")
class ThrottleTest {
  private static final String HOME = "192.0.2.1";
  private static final String OFFICE = "192.0.2.2";

  private final MutableClock clock = new MutableClock("2026-03-01T08:00:00Z");
  private final Throttle throttle = new Throttle(clock);

  private Optional<Duration> fail(String user, String source) {
    return throttle.admit(user, source);
  }

  /** Fails as often as it is let, waiting as long as it is told. */
  private List<Long> waits(String user, String source, int tries) {
    List<Long> waits = new ArrayList<>();
    while (waits.size() < tries) {
      Optional<Duration> wait = fail(user, source);
      if (wait.isPresent()) {
        waits.add(wait.get().toSeconds());
        clock.advance(wait.get());
      } else {
        waits.add(0L);
      }
    }
    return waits;
  }

  @Nested
  @DisplayName("on one user from one source")
  class OnePair {
    @Test
    void lets_the_first_tries_through_and_then_doubles_the_wait_up_to_a_limit() {
      List<Long> waits = waits("anna", HOME, 29);
      assertThat(waits.subList(0, 11)).containsExactly(0L, 0L, 0L, 1L, 0L, 2L, 0L, 4L, 0L, 8L, 0L);
      assertThat(waits).contains(512L, 900L).allMatch(wait -> wait <= 900);
    }

    @Test
    void does_not_let_tries_during_the_wait_make_it_longer() {
      waits("anna", HOME, 7);
      Duration wait = fail("anna", HOME).orElseThrow();
      for (int i = 0; i < 100; i++) {
        assertThat(fail("anna", HOME)).hasValue(wait);
      }
      clock.advance(wait);
      assertThat(fail("anna", HOME)).isEmpty();
    }

    @Test
    void lets_no_more_through_when_many_try_at_once() {
      long admitted = 0;
      for (int i = 0; i < 1000; i++) {
        admitted += fail("anna", HOME).isEmpty() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(Throttle.FREE_FOR_PAIR);
    }

    @Test
    void forgets_after_success() {
      waits("anna", HOME, 5);
      throttle.succeeded("anna", HOME);
      assertThat(waits("anna", HOME, 3)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void does_not_count_what_was_not_looked_at() {
      for (int i = 0; i < 100; i++) {
        assertThat(fail("anna", HOME)).isEmpty();
        throttle.withdraw("anna", HOME);
      }
    }

    @Test
    void forgets_with_time() {
      waits("anna", HOME, 9);
      clock.advance(Throttle.FORGOTTEN_AFTER.plusSeconds(1));
      assertThat(waits("anna", HOME, 3)).containsExactly(0L, 0L, 0L);
    }
  }

  @Nested
  @DisplayName("for somebody whose name is being guessed at")
  class Victim {
    @Test
    void from_elsewhere_nothing_changes() {
      waits("anna", HOME, 50);
      assertThat(fail("anna", OFFICE)).isEmpty();
    }

    @Test
    void at_the_same_source_who_has_signed_in_there_waits_half_a_minute_at_most() {
      assertThat(fail("anna", OFFICE)).isEmpty();
      throttle.succeeded("anna", OFFICE);
      List<Long> waits = waits("anna", OFFICE, 50);
      assertThat(waits).contains(Throttle.LONGEST_FOR_KNOWN.toSeconds());
      assertThat(waits).allMatch(wait -> wait <= Throttle.LONGEST_FOR_KNOWN.toSeconds());
    }

    @Test
    void at_the_same_source_the_wait_is_short_and_not_felt_by_who_has_signed_in_there() {
      assertThat(fail("carl", OFFICE)).isEmpty();
      throttle.succeeded("carl", OFFICE);
      for (int i = 0; i < 200; i++) {
        fail("victim" + i, OFFICE).ifPresent(clock::advance);
      }
      Duration wait = fail("anna", OFFICE).orElse(Duration.ZERO);
      assertThat(wait).isLessThanOrEqualTo(Throttle.LONGEST_FOR_SOURCE);
      assertThat(fail("carl", OFFICE)).isEmpty();
    }
  }

  @Nested
  @DisplayName("on what is asked after the password")
  class Answers {
    private String source(int i) {
      return "198.51." + i / 250 + "." + i % 250;
    }

    /** A fresh source each time, which waits as long as it is told. */
    private List<Long> waits(String user, int answers) {
      List<Long> waits = new ArrayList<>();
      while (waits.size() < answers) {
        Optional<Duration> wait = throttle.admitAnswer(user, source(waits.size()));
        waits.add(wait.orElse(Duration.ZERO).toSeconds());
        wait.ifPresent(clock::advance);
      }
      return waits;
    }

    @Test
    void counts_wrong_ones_of_a_user_whatever_the_source_and_doubles_the_wait_up_to_a_limit() {
      List<Long> waits = waits("anna", 22);
      assertThat(waits.subList(0, Throttle.FREE_ANSWERS)).containsOnly(0L);
      assertThat(waits.subList(Throttle.FREE_ANSWERS, 22))
          .containsExactly(60L, 0L, 120L, 0L, 240L, 0L, 480L, 0L, 900L, 0L, 900L, 0L);
      assertThat(waits("bert", 10)).containsOnly(0L);
    }

    @Test
    void lets_no_more_through_when_many_sources_answer_at_once() {
      int admitted = 0;
      for (int i = 0; i < 1000; i++) {
        admitted += throttle.admitAnswer("anna", source(i)).isEmpty() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(Throttle.FREE_ANSWERS);
    }

    @Test
    void holds_up_no_password_and_no_other_source() {
      waits("anna", 30);
      assertThat(throttle.admitAnswer("anna", OFFICE)).isPresent();
      assertThat(fail("anna", OFFICE)).isEmpty();
    }

    @Test
    void is_cleared_by_a_sign_in_that_ends_with_one_and_not_by_a_right_password() {
      waits("anna", 9);
      assertThat(fail("anna", HOME)).isEmpty();
      throttle.succeeded("anna", HOME);
      assertThat(throttle.admitAnswer("anna", OFFICE)).isEmpty();
      assertThat(throttle.admitAnswer("anna", HOME)).hasValue(Duration.ofMinutes(1));
      clock.advance(Duration.ofMinutes(1));
      assertThat(throttle.admitAnswer("anna", HOME)).isEmpty();
      throttle.succeededByAnswer("anna", HOME);
      assertThat(waits("anna", Throttle.FREE_ANSWERS)).containsOnly(0L);
    }

    @Test
    void does_not_count_what_said_nothing_wrong_and_forgets_after_a_day() {
      for (int i = 0; i < 100; i++) {
        assertThat(throttle.admitAnswer("anna", HOME)).isEmpty();
        throttle.withdrawAnswer("anna", HOME);
      }
      waits("anna", 10);
      clock.advance(Throttle.FORGOTTEN_AFTER.multipliedBy(2));
      assertThat(throttle.admitAnswer("anna", HOME)).isEmpty();
      assertThat(throttle.admitAnswer("anna", HOME)).isPresent();
      clock.advance(Throttle.ANSWERS_FORGOTTEN_AFTER.plusSeconds(1));
      assertThat(waits("anna", 10)).containsOnly(0L);
    }
  }

  @Nested
  @DisplayName("on one source and many users")
  class OneSource {
    @Test
    void slows_down_after_the_free_tries() {
      int admitted = 0;
      for (int i = 0; i < 1000; i++) {
        admitted += fail("user" + i, HOME).isEmpty() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(Throttle.FREE_FOR_SOURCE);
    }

    @Test
    void an_own_account_does_not_buy_new_tries() {
      int admitted = 0;
      for (int i = 0; i < 100; i++) {
        admitted += fail("user" + i, HOME).isEmpty() ? 1 : 0;
        if (fail("eve", HOME).isEmpty()) {
          throttle.succeeded("eve", HOME);
        }
      }
      assertThat(admitted).isEqualTo(Throttle.FREE_FOR_SOURCE);
    }

    @Test
    void counts_an_ipv6_host_by_its_network_however_it_is_written() {
      for (int i = 0; i < Throttle.FREE_FOR_SOURCE; i++) {
        assertThat(fail("user" + i, "2001:db8:0:1::" + i)).isEmpty();
      }
      assertThat(fail("anna", "2001:DB8::1:ffff:0:0:1")).isPresent();
      assertThat(fail("anna", "2001:db8:0:2::1")).isEmpty();
      assertThat(SourceNetwork.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void takes_any_text_for_a_source() {
      for (String source :
          List.of("", "unknown", "host.example", "1.2.3.4.5", "x".repeat(10_000))) {
        assertThat(fail("anna", source)).as(source).isEmpty();
      }
    }
  }

  @Nested
  @DisplayName("on one user from many sources")
  class ManySources {
    private String source(int i) {
      return "198.51." + i / 250 + "." + i % 250;
    }

    /** So many sources guess once each; every one of them is let. */
    private void failFromMany(int sources) {
      for (int i = 0; i < sources; i++) {
        assertThat(fail("anna", source(i))).as("source %d", i).isEmpty();
      }
    }

    @Test
    void looks_at_the_first_try_of_each_at_once_and_slows_down_the_next() {
      failFromMany(1000);
      for (int i = 0; i < 1000; i += 100) {
        Optional<Duration> wait = fail("anna", source(i));
        assertThat(wait.isPresent()).as("source %d", i).isEqualTo(i >= Throttle.FREE_FOR_USER);
      }
    }

    @Test
    void begins_with_longer_waits_the_more_have_failed_and_never_more_than_a_minute() {
      failFromMany(20);
      assertThat(waits("anna", HOME, 6)).containsExactly(0L, 1L, 0L, 2L, 0L, 4L);
      failFromMany(20);
      assertThat(waits("anna", OFFICE, 4)).startsWith(0L).contains(2L);
      failFromMany(5000);
      assertThat(fail("anna", "203.0.113.1")).isEmpty();
      assertThat(fail("anna", "203.0.113.1")).hasValue(Duration.ofMinutes(1));
    }

    @Test
    void is_not_felt_where_the_user_has_signed_in_before_nor_by_other_users() {
      assertThat(fail("anna", HOME)).isEmpty();
      throttle.succeeded("anna", HOME);
      failFromMany(2000);
      assertThat(waits("anna", HOME, 3)).containsExactly(0L, 0L, 0L);
      assertThat(waits("bert", OFFICE, 3)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void does_not_count_what_succeeded_or_was_not_looked_at() {
      for (int i = 0; i < 200; i++) {
        fail("anna", source(i));
        throttle.withdraw("anna", source(i));
        fail("anna", "203.0.113." + i);
        throttle.succeeded("anna", "203.0.113." + i);
      }
      assertThat(waits("anna", HOME, 3)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void forgets_with_time() {
      failFromMany(200);
      clock.advance(Throttle.FORGOTTEN_AFTER.plusSeconds(1));
      assertThat(waits("anna", HOME, 3)).containsExactly(0L, 0L, 0L);
    }
  }
}
