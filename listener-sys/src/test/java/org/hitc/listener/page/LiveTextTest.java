package org.hitc.listener.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.hitc.listener.job.JobView;
import org.junit.jupiter.api.Test;

/** A piece of a running program's output. */
class LiveTextTest {

  private static LiveText of(byte[] bytes, Charset charset, boolean last) {
    return LiveText.of(new JobView.Live(100, bytes, Optional.of(charset), last));
  }

  private static String text(LiveText text) {
    return new String(text.utf8(), StandardCharsets.UTF_8);
  }

  @Test
  void a_character_that_has_only_begun_waits_for_its_rest() {
    byte[] bytes = "a\u20ac\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      LiveText first = of(Arrays.copyOf(bytes, cut), StandardCharsets.UTF_8, false);
      int taken = Math.toIntExact(first.next() - 100);
      assertThat(taken).isBetween(cut - 3, cut);
      LiveText rest =
          of(Arrays.copyOfRange(bytes, taken, bytes.length), StandardCharsets.UTF_8, true);
      assertThat(text(first) + text(rest)).isEqualTo("a\u20ac\uD83D\uDE00");
    }
  }

  @Test
  void what_never_becomes_a_character_is_shown_as_such_at_the_end() {
    byte[] half = {'a', (byte) 0xE2, (byte) 0x82};
    assertThat(of(half, StandardCharsets.UTF_8, false).next()).isEqualTo(101);
    LiveText last = of(half, StandardCharsets.UTF_8, true);
    assertThat(text(last)).isEqualTo("a\ufffd");
    assertThat(last.next()).isEqualTo(103);
    assertThat(text(of(new byte[] {(byte) 0xFF, 'b'}, StandardCharsets.UTF_8, false)))
        .isEqualTo("\ufffdb");
  }

  @Test
  void lines_of_the_mainframe_end_where_they_end() {
    Charset ebcdic = Charset.forName("IBM1047");
    byte[] bytes = {(byte) 0xC1, 0x15, (byte) 0xC2, 0x25, (byte) 0xC3};
    assertThat(text(of(bytes, ebcdic, true))).isEqualTo("A\nB\nC");
  }

  @Test
  void control_characters_are_made_visible_and_line_ends_are_line_ends() {
    byte[] bytes = "a\r\nb\fc\u001b[2J\u0000\u0085".getBytes(StandardCharsets.UTF_8);
    assertThat(text(of(bytes, StandardCharsets.UTF_8, true)))
        .isEqualTo("a\nb\nc\u241b[2J\u2400\ufffd");
  }

  @Test
  void nothing_is_nothing() {
    LiveText none = LiveText.of(new JobView.Live(7, new byte[0], Optional.empty(), false));
    assertThat(none.utf8()).isEmpty();
    assertThat(none.next()).isEqualTo(7);
  }
}
