package org.hitc.listener.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A password in the input")
class TypedPasswordTest {
  private static String firstLine(byte[] input) throws IOException {
    return TypedPassword.firstLine(new ByteArrayInputStream(input));
  }

  @Test
  void is_its_first_line() throws IOException {
    assertThat(firstLine("gr\u00fcn \ud83d\ude00\nsecond".getBytes(UTF_8)))
        .isEqualTo("gr\u00fcn \ud83d\ude00");
    assertThat(firstLine("dos\r\n".getBytes(UTF_8))).isEqualTo("dos");
    assertThat(firstLine("no end".getBytes(UTF_8))).isEqualTo("no end");
  }

  @Test
  void is_never_another_one_than_was_meant() {
    assertThatThrownBy(() -> firstLine("gr\u00fcn\n".getBytes(ISO_8859_1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> firstLine("\nsecond".getBytes(UTF_8)))
        .hasMessageContaining("no password");
    assertThatThrownBy(() -> firstLine("x".repeat(5000).getBytes(UTF_8)))
        .hasMessageContaining("too long");
  }
}
