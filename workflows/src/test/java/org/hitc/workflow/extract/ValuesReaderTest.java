package org.hitc.workflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ValuesReaderTest {
  private static ValuesReader.Read read(String printed) throws IOException {
    return ValuesReader.read(
        new ByteArrayInputStream(printed.getBytes(StandardCharsets.ISO_8859_1)),
        StandardCharsets.UTF_8);
  }

  private static void assertRefused(String printed, int line, String reason) throws IOException {
    assertThat(read(printed))
        .isInstanceOfSatisfying(
            ValuesReader.Read.Refused.class,
            r -> {
              assertThat(r.why()).isEqualTo(Refusal.VALUES_SYNTAX);
              assertThat(r.line()).as(r.reason()).isEqualTo(line);
              assertThat(r.reason()).contains(reason);
            });
  }

  private static String numbered(int values) {
    return IntStream.range(0, values).mapToObj(i -> "N" + i + "=x\n").collect(Collectors.joining());
  }

  @Test
  void names_become_those_of_definitions_and_padding_is_dropped() throws IOException {
    assertThat(read("FORWARD-TO=anna@example.org   \r\n\n Keep_Copy = yes\nEMPTY=\nSUM=a=b"))
        .isEqualTo(
            new ValuesReader.Read.Good(
                Map.of(
                    "forward_to", "anna@example.org",
                    "keep_copy", "yes",
                    "empty", "",
                    "sum", "a=b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "no sign|without '='",
        "=value|name",
        "1A=value|name",
        "A B=value|name",
        "A.B=value|name",
        "A=x\u0007|control",
        "A=x\ty|control",
        "B=1|second value",
      })
  void a_line_that_is_none_is_refused(String line, String reason) throws IOException {
    assertRefused("B=0\n\n" + line + "\n", 3, reason);
  }

  @Test
  void a_form_feed_and_bytes_of_another_set_are_refused() throws IOException {
    assertRefused("A=1\fB=2\n", 1, "form feed");
    assertRefused("A=1\nB=\u00E4\n", 2, "UTF-8");
  }

  @Test
  void bounds_are_kept() throws IOException {
    assertThat(read(numbered(100))).isInstanceOf(ValuesReader.Read.Good.class);
    assertRefused(numbered(101), 101, "more than 100");
    assertThat(read("A=" + "x".repeat(4_096))).isInstanceOf(ValuesReader.Read.Good.class);
    assertRefused("A=" + "x".repeat(4_097), 1, "4096");
    assertThat(read("A".repeat(64) + "=")).isInstanceOf(ValuesReader.Read.Good.class);
    assertRefused("A".repeat(65) + "=", 1, "64");
    assertRefused("A=" + "x".repeat(1 << 20), 1, "longer");
  }
}
