package org.hitc.i18n;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.sync.Sync;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks 191 and 193, and random ones. */
@DisplayName("A hostile message file")
class HostileBundlesTests {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String SOURCE =
      """
      # Words.
      # @args n:number t:text d:date
      a = Row {n} of {t} since {d}
      # Words.
      # @args n:number
      rows = {n, plural, one {# row} other {# rows}}
      """;
  private static final Map<String, Object> VALUES =
      Map.of("n", 3, "t", "<b>", "d", java.time.LocalDate.of(2026, 11, 23));

  private static List<Problem> refused(byte[] bytes) {
    List<Problem> problems = new ArrayList<>();
    Bundle.parse("f", MessageFile.read("f", bytes, problems), problems);
    return problems;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = Zeile {0}",
        "a = Zeile {n,number,#.##}",
        "a = Zeile {n,choice,0#a|1#b}",
        "a = Zeile {n",
        "a = Zeile n}",
        "a = Zeile {2147483647}",
        "a = Zeile {n,number,::currency/EUR}",
        "a = Zeile {n, spellout}",
        "a = Zeile {{n}}",
        "a = Zeile \\u0000",
        "a = Zeile \\u202e",
        "a = Zeile \\ud800",
        "a = {n, plural, other {}}",
        "a = {n, plural, =1e400 {x} other {y}}"
      })
  void of_attacks_191_and_193_is_refused(String line) throws Exception {
    assertThat(refused(line.getBytes(UTF_8))).isNotEmpty();
  }

  @Test
  void that_is_huge_or_not_utf8_is_refused_at_once() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          assertThat(refused(new byte[Limits.FILE_BYTES + 1])).isNotEmpty();
          byte[] colons = new byte[Limits.FILE_BYTES];
          Arrays.fill(colons, (byte) '\\');
          assertThat(refused(colons)).isNotEmpty();
          Arrays.fill(colons, (byte) '\n');
          assertThat(refused(colons)).isEmpty();
          Arrays.fill(colons, (byte) '#');
          assertThat(refused(colons)).isEmpty();
          assertThat(refused(("a = " + "{n, plural, other {".repeat(400)).getBytes(UTF_8)))
              .isNotEmpty();
          assertThat(refused(("a = " + "'".repeat(8_191)).getBytes(UTF_8))).isEmpty();
          assertThat(refused(new byte[] {'a', '=', (byte) 0xC0, (byte) 0xAF})).isNotEmpty();
        });
  }

  /**
   * Loader, parser, renderer, check and sync see files that are almost right. Nothing but their
   * declared outcomes may come of it.
   */
  @Test
  void made_by_chance_is_read_or_refused_and_nothing_else() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("HostileBundlesTests: -Dseed=" + seed);
    assertTimeoutPreemptively(LIMIT, () -> mutate(new SplittableRandom(seed)), "seed " + seed);
  }

  private static void mutate(SplittableRandom random) throws Exception {
    List<String> pieces =
        List.of(
            "{",
            "}",
            "'",
            "#",
            "{n}",
            "{n, number, ::.00}",
            "{n, plural, ",
            "other {",
            "one {",
            "few {",
            "=1 {",
            "offset:2 ",
            "{t, select, ",
            "{d, date, ",
            "::yMMMd",
            "}}",
            "\\",
            "\\n",
            "\\u00e9",
            "=",
            "\n",
            "\r\n",
            "# @of 0 0",
            "# @max 3",
            "# @missing",
            "#~ x = y",
            "\n#. ",
            "<b>",
            "</b>",
            "&amp;",
            "https://x.y",
            "1e400",
            "９",
            "٣",
            "\u202e",
            "\u0000",
            "😀",
            ",",
            "# @source x",
            "# @was \\q");
    RandomMessages messages = new RandomMessages(random);
    BundleFile source = BundleFile.read("en", Language.of("en"), SOURCE.getBytes(UTF_8));
    List<String> tags = List.of("de", "ar", "ja", "fr", "pl");
    int loaded = 0;
    for (int i = 0; i < 1_200; i++) {
      StringBuilder text = new StringBuilder();
      text.append("a = ").append(messages.pattern().replace("\n", "\\n"));
      text.append("\n# @of 0123456789ab 0123456789ab\nrows = {n, plural, one {#} other {# x}}\n");
      for (int n = random.nextInt(4); n > 0; n--) {
        String piece = pieces.get(random.nextInt(pieces.size()));
        int at = random.nextInt(text.length());
        text.replace(at, Math.min(text.length(), at + random.nextInt(3)), piece);
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      if (random.nextInt(4) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      List<Problem> problems = new ArrayList<>();
      List<Entry> entries = MessageFile.read("f", bytes, problems);
      Language language = Language.of(tags.get(random.nextInt(tags.size())));
      for (Message message : Bundle.parse("f", entries, problems).messages().values()) {
        Proof.in(language).show(message, VALUES);
        for (PseudoLocale pseudo : PseudoLocale.values()) {
          Proof.in(language).show(pseudo.message("a.key", message), Map.of());
        }
      }
      loaded += problems.isEmpty() ? 1 : 0;
      BundleCheck.check(source, List.of(BundleFile.read("f", language, bytes)), Samples.NONE);
      Sync.sync(source, "f", bytes);
    }
    assertThat(loaded).isBetween(50, 1_150);
  }
}
