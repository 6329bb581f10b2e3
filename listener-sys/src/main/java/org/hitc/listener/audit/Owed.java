package org.hitc.listener.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Records of what has happened already, kept while the log cannot be written. Their number is
 * bounded; of those beyond it only the count is kept. Not safe for threads: the log's lock guards
 * it.
 */
final class Owed {
  /** Nothing new is accepted meanwhile, so what is owed is the end of what was running. */
  static final int MOST = 10_000;

  private final Deque<Item> items = new ArrayDeque<>();
  private long lost;

  /**
   * One that is owed.
   *
   * @param at when it happened
   */
  record Item(Instant at, AuditEvent event) {}

  void add(Instant at, AuditEvent event) {
    if (items.size() < MOST) {
      items.add(new Item(at, event));
    } else {
      lost++;
    }
  }

  /** The oldest; the count of those that are lost comes last. */
  Optional<Item> first(Instant now) {
    if (items.isEmpty() && lost > 0) {
      return Optional.of(new Item(now, new AuditEvent.RecordsLost(lost)));
    }
    return Optional.ofNullable(items.peek());
  }

  /** The oldest stands in the log now. */
  void removeFirst() {
    if (items.isEmpty()) {
      lost = 0;
    } else {
      items.remove();
    }
  }
}
