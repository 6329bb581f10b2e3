package org.hitc.i18n;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("40,000 messages")
class FootprintTests {
  private static final int MESSAGES = 40_000;
  private static final long MOST = 20L << 20;

  /** Like the product's own: labels, sentences with values, now and then a plural. */
  private static String line(int i) {
    String key = "workflow" + i / 40 + ".field" + i + ".label = ";
    return key
        + switch (i % 8) {
          case 0 -> "{n, plural, one {# row of " + i + "} other {# rows of " + i + "}}";
          case 1, 2 -> "Statement " + i + " of {account}, ready since {day}";
          case 3 -> "Choose one of the offered periods, or go back to page " + i;
          default -> "Label of field " + i;
        };
  }

  private static List<Bundle> parsed() {
    List<Bundle> bundles = new ArrayList<>();
    for (int file = 0; file < MESSAGES / Limits.FILE_KEYS; file++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < Limits.FILE_KEYS; i++) {
        text.append(line(file * Limits.FILE_KEYS + i)).append('\n');
      }
      List<Problem> problems = new ArrayList<>();
      List<Entry> entries = MessageFile.read("f", text.toString().getBytes(UTF_8), problems);
      bundles.add(Bundle.parse("f", entries, problems));
      assertThat(problems).isEmpty();
    }
    return bundles;
  }

  private static long used() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50);
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }

  @Test
  void take_no_more_than_20_mebibytes() throws Exception {
    assertThat(parsed()).hasSize(2);
    long before = used();
    List<Bundle> kept = parsed();
    long taken = used() - before;
    assertThat(kept.stream().mapToInt(b -> b.messages().size()).sum()).isEqualTo(MESSAGES);
    System.out.println("40,000 messages: " + (taken >> 10) + " KiB");
    assertThat(taken).isBetween(1L << 20, MOST);
  }
}
