package org.hitc.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An axis")
class ScaleTest {

  @Test
  void has_round_ticks_that_hold_zero_and_all_values() {
    assertThat(ticks(4, "7")).containsExactly("0", "2", "4", "6", "8");
    assertThat(ticks(4, "125000", "48000")).containsExactly("0", "50000", "100000", "150000");
    assertThat(ticks(4, "-3210.75", "9000")).containsExactly("-5000", "0", "5000", "10000");
    assertThat(ticks(4, "-7", "-2")).containsExactly("-8", "-6", "-4", "-2", "0");
    assertThat(ticks(4, "0.031")).containsExactly("0", "0.01", "0.02", "0.03", "0.04");
    assertThat(ticks(1, "99")).containsExactly("0", "100");
    assertThat(ticks(1, "-1", "99")).containsExactly("-100", "0", "100");
    assertThat(ticks(4, "0", "0.00")).containsExactly("0", "1");
    assertThat(ticks(4)).containsExactly("0", "1");
  }

  @Test
  void places_every_value_between_its_ends() {
    Random random = new Random(20260611);
    for (int i = 0; i < 5_000; i++) {
      List<BigDecimal> values =
          Stream.generate(() -> BigDecimal.valueOf(random.nextLong(), random.nextInt(-400, 400)))
              .limit(random.nextInt(1, 6))
              .toList();
      int most = random.nextInt(1, 6);
      Scale scale = Scale.of(values, most);
      assertThat(scale.ticks()).isSorted().hasSizeBetween(2, Math.max(most, 2) + 1);
      assertThat(values).allSatisfy(value -> assertThat(scale.place(value)).isBetween(0.0, 1.0));
      assertThat(scale.place(BigDecimal.ZERO)).isBetween(0.0, 1.0);
    }
  }

  private static List<String> ticks(int most, String... values) {
    return Scale.of(Stream.of(values).map(BigDecimal::new).toList(), most).ticks().stream()
        .map(BigDecimal::toPlainString)
        .toList();
  }
}
