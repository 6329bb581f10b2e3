package org.hitc.session.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Times in whole seconds")
class SecondsTest {
  private static final long FIRST = Instant.parse("1970-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  @Test
  void are_written_and_read_as_the_jdk_does() {
    // A step that meets every hour, minute, second and day of the year.
    for (long second = FIRST; second <= LAST; second += 1_234_567) {
      Instant time = Instant.ofEpochSecond(second);
      String text = Seconds.append(new StringBuilder(), time).toString();
      assertThat(text).isEqualTo(time.toString());
      assertThat(Seconds.parse(text)).isEqualTo(time);
    }
    assertThat(Seconds.parse("9999-12-31T23:59:59Z").getEpochSecond()).isEqualTo(LAST);
    assertThat(Seconds.parse("2024-02-29T00:00:00Z"))
        .isEqualTo(Instant.parse("2024-02-29T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-03-01T08:00:00",
        "2026-03-01T08:00:00.0Z",
        "2026-03-01t08:00:00Z",
        "2026-03-01T08:00:00z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T08:60:00Z",
        "2026-03-01T08:00:60Z",
        "2026-02-29T08:00:00Z",
        "2026-13-01T08:00:00Z",
        "2026-00-01T08:00:00Z",
        "+026-03-01T08:00:00Z",
        "2026-03-01T08:00:0/Z",
        "\u0662026-03-01T08:00:00Z"
      })
  void have_no_other_form(String text) {
    assertThatThrownBy(() -> Seconds.parse(text)).isInstanceOf(RuntimeException.class);
  }
}
