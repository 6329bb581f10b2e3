package org.hitc.bench;

import java.util.List;
import java.util.Locale;

/**
 * One line of the table, and what is said below it.
 *
 * @param goal the ratio must not be above it
 */
record Row(String name, String ours, String theirs, double ratio, double goal, List<String> notes) {
  static final String HEAD =
      String.format(
          Locale.ROOT, "%-4s %-34s %-34s %6s %6s  %s", "", "ours", "theirs", "ratio", "goal", "");

  Row {
    notes = List.copyOf(notes);
  }

  /** Why there is no figure. */
  record Missing(String name, String why) {
    String line() {
      return String.format(Locale.ROOT, "%-4s not measured: %s", name, why);
    }
  }

  String lines() {
    String line =
        String.format(
            Locale.ROOT,
            "%-4s %-34s %-34s %6.2f %6.2f  %s",
            name,
            ours,
            theirs,
            ratio,
            goal,
            ratio <= goal ? "met" : "MISSED");
    return line + String.join("", notes.stream().map(note -> "\n       " + note).toList());
  }

  /** Milliseconds or microseconds, whichever reads well. */
  static String time(long nanos) {
    return nanos >= 1_000_000
        ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
  }
}
