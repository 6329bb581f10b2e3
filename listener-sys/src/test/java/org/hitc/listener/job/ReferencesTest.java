package org.hitc.listener.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** References can be read out on the telephone. */
class ReferencesTest {
  private final References references = new References(new SecureRandom());

  @Test
  void have_four_symbols_a_hyphen_and_two_and_none_that_is_taken_for_another() {
    assertThat(IntStream.range(0, 10_000).mapToObj(_ -> references.next()))
        .allMatch(r -> r.matches("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}"));
  }

  @Test
  void do_not_repeat_in_a_day_of_a_busy_site() {
    assertThat(IntStream.range(0, 1000).mapToObj(_ -> references.next()).distinct().count())
        .isGreaterThanOrEqualTo(999);
  }
}
