package org.hitc.listener.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of characters, written as single ones and ranges: {@code a-zA-Z0-9._-}. A {@code -} at the
 * start or the end is itself; nothing else has a meaning of its own.
 *
 * @param written as the policy has it
 */
record Characters(String written, List<Yaml.Range> ranges) {
  Characters {
    ranges = List.copyOf(ranges);
  }

  /** Empty when it says nothing, or a range ends before it begins, or takes in a control. */
  static Optional<Characters> of(String written) {
    int[] all = written.codePoints().toArray();
    List<Yaml.Range> ranges = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      boolean range = i + 2 < all.length && all[i + 1] == '-';
      int last = range ? all[i + 2] : all[i];
      if (last < all[i] || all[i] < ' ' || (all[i] <= 0x9f && last >= 0x7f)) {
        return Optional.empty();
      }
      ranges.add(new Yaml.Range(all[i], last));
      i += range ? 2 : 0;
    }
    return ranges.isEmpty() ? Optional.empty() : Optional.of(new Characters(written, ranges));
  }

  boolean contains(int codePoint) {
    return ranges.stream().anyMatch(range -> range.contains(codePoint));
  }
}
