package org.hitc.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * A printout of BUDGET_12 with any number of rows: form feeds, headings, trailing minus signs, and
 * a total line that is right.
 *
 * @param cents the totals of its three columns, as {@code totals.awk} prints them
 */
record LongPrintout(Path file, String cents) {
  private static final int ROWS_OF_A_PAGE = 56;

  /** Writes one; the same number of rows gives the same bytes. */
  static LongPrintout write(Path file, int rows) throws IOException {
    Random random = new Random(9);
    long[] totals = new long[3];
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
      for (int row = 0; row < rows; row++) {
        if (row % ROWS_OF_A_PAGE == 0) {
          heading(out, row / ROWS_OF_A_PAGE + 1);
        }
        long budget = random.nextLong(10_000_000) - 4_999_000;
        long spent = random.nextLong(10_000_000) - 5_001_000;
        String text = "Object number " + row;
        line(out, String.format(Locale.ROOT, "%06d", row % 1_000_000), text, budget, spent);
        totals[0] += budget;
        totals[1] += spent;
      }
      totals[2] = totals[0] - totals[1];
      out.write("\n");
      line(out, "      ", "** TOTAL", totals[0], totals[1]);
    }
    return new LongPrintout(file, totals[0] + " " + totals[1] + " " + totals[2]);
  }

  private static void heading(Writer out, int page) throws IOException {
    out.write(
        String.format(
            Locale.ROOT,
            "%s%-70sPAGE %4d%nBUDGET_12  ACCOUNT    204110  PERIOD 2026-06%n%nOBJECT DESCRIPTION%n",
            page == 1 ? "\r" : "\f",
            "FINANCIAL INFORMATION SYSTEM",
            page));
  }

  private static void line(Writer out, String object, String text, long budget, long spent)
      throws IOException {
    String line =
        String.format(
            Locale.ROOT,
            "%s %-25s%s %s %s",
            object,
            text,
            edited(budget),
            edited(spent),
            edited(budget - spent));
    out.write(line.stripTrailing() + "\n");
  }

  /** By the picture {@code ZZ,ZZZ,ZZ9.99-}. */
  private static String edited(long cents) {
    long size = Math.abs(cents);
    String digits = String.format(Locale.ROOT, "%,d.%02d", size / 100, size % 100);
    return String.format(Locale.ROOT, "%13s%s", digits, cents < 0 ? "-" : " ");
  }
}
