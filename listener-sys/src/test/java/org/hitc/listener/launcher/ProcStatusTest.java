package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("128, 144: The proof from /proc")
final class ProcStatusTest {
  private static final String GOOD =
      """
      Name:	a
      State:	R (running)
      Uid:	4001	4001	4001	4001
      Gid:	4001	4001	4001	4001
      Groups:	4001\s
      CapInh:	0000000000000000
      CapPrm:	0000000000000000
      CapEff:	0000000000000000
      CapBnd:	0000000000000000
      CapAmb:	0000000000000000
      NoNewPrivs:	1
      """;

  @Test
  void lets_a_process_through_that_has_given_up_everything() {
    assertThat(ProcStatus.parse(GOOD).objection(Some.anna())).isEmpty();
    assertThat(ProcStatus.parse(GOOD).ended()).isFalse();
    assertThat(ProcStatus.parse(GOOD.replace("R (running)", "Z (zombie)")).ended()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'Uid:\t4001\t4001\t4001', 'Uid:\t4001\t4001\t0'",
    "'Uid:\t4001', 'Uid:\t0'",
    "'Gid:\t4001\t4001', 'Gid:\t4001\t0'",
    "'Groups:\t4001', 'Groups:\t4001 27'",
    "'Groups:\t4001', 'Groups:\t'",
    "'CapInh:\t0', 'CapInh:\t1'",
    "'CapPrm:\t0', 'CapPrm:\t1'",
    "'CapEff:\t0', 'CapEff:\t1'",
    "'CapBnd:\t0', 'CapBnd:\t1'",
    "'CapAmb:\t0', 'CapAmb:\t1'",
    "'NoNewPrivs:\t1', 'NoNewPrivs:\t0'",
    "'NoNewPrivs:\t1', ''",
    "'CapBnd:\t0000000000000000', ''"
  })
  void refuses_any_other(String good, String bad) {
    String status = GOOD.replace(good, bad);
    assertThat(status).isNotEqualTo(GOOD);
    assertThat(ProcStatus.parse(status).objection(Some.anna())).isPresent();
  }
}
