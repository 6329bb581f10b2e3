package org.hitc.workflow.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a pattern becomes when its repetitions are written out, as RE2 does: {@code
 * ((a{1000}){1000})} is a million steps. Found before it is compiled; what is no pattern may give
 * any number.
 */
final class PatternSize {
  /** No pattern for a line needs more. */
  static final long MAX = 20_000;

  private final String pattern;
  private final Deque<Long> open = new ArrayDeque<>();
  private long sum;
  private long last;
  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  static boolean isTooLarge(String pattern) {
    PatternSize size = new PatternSize(pattern);
    while (size.at < pattern.length() && size.sum <= MAX) {
      size.step(pattern.charAt(size.at));
    }
    return size.sum > MAX;
  }

  private void step(char c) {
    at++;
    switch (c) {
      case '\\' -> {
        if (pattern.startsWith("Q", at)) {
          quoted();
        } else {
          at++;
          atom(1);
        }
      }
      case '[' -> {
        at = endOfClass();
        atom(1);
      }
      case '(' -> {
        open.push(sum);
        sum = 0;
      }
      case ')' -> {
        long group = sum + 2;
        sum = open.isEmpty() ? 0 : open.pop();
        atom(group);
      }
      case '{' -> repeat();
      default -> atom(1);
    }
  }

  private void atom(long size) {
    last = size;
    sum += size;
  }

  /** What stands behind \\Q means itself; a repetition behind it repeats its last character. */
  private void quoted() {
    int end = pattern.indexOf("\\E", at);
    sum += end < 0 ? pattern.length() - at : end - at;
    last = 1;
    at = end < 0 ? pattern.length() : end + 2;
  }

  /** Behind the bracket that closes a class; one that comes first or ends [:alpha:] does not. */
  private int endOfClass() {
    int end = at;
    while (end < pattern.length()) {
      char c = pattern.charAt(end);
      if (c == ']' && end > at && !(end == at + 1 && pattern.charAt(at) == '^')) {
        return end + 1;
      }
      int named = pattern.startsWith("[:", end) ? pattern.indexOf(":]", end + 2) : -1;
      end = named >= 0 ? named + 2 : end + (c == '\\' ? 2 : 1);
    }
    return end;
  }

  private void repeat() {
    int close = pattern.indexOf('}', at);
    String counts = close < 0 ? "" : pattern.substring(at, close);
    if (!counts.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      atom(1);
      return;
    }
    long times = 1;
    for (String count : counts.split(",", -1)) {
      times = count.isEmpty() ? times + 1 : Math.max(times, Long.parseLong(count));
    }
    sum += last * (times - 1);
    last *= times;
    at = close + 1;
  }
}
