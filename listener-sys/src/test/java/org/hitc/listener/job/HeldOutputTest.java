package org.hitc.listener.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.hitc.listener.program.NotTakenException;
import org.junit.jupiter.api.Test;

/** All jobs together hold a bounded output. */
class HeldOutputTest {
  private final AtomicLong ofAll = new AtomicLong();
  private final byte[] megabyte = new byte[1 << 20];

  @Test
  void the_job_that_prints_too_much_for_all_is_ended_and_its_room_is_free_again()
      throws IOException {
    try (HeldOutput first = new HeldOutput(ofAll)) {
      for (long held = 0; held < HeldOutput.MOST; held += megabyte.length) {
        first.add(megabyte, 0, megabyte.length);
      }
      try (HeldOutput second = new HeldOutput(ofAll)) {
        assertThatThrownBy(() -> second.add(megabyte, 0, 1)).isInstanceOf(NotTakenException.class);
      }
      assertThat(first.take()).hasSize((int) HeldOutput.MOST);
    }
    assertThat(ofAll).hasValue(0);
  }

  @Test
  void each_program_of_a_chain_has_its_own() throws IOException {
    try (HeldOutput output = new HeldOutput(ofAll)) {
      output.add(new byte[] {1, 2, 3}, 1, 1);
      assertThat(output.take()).containsExactly(2);
      assertThat(output.take()).isEmpty();
    }
  }
}
