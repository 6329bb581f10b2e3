package org.hitc.listener.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A record of a log that was read back.
 *
 * @param event its kind, such as {@code job-accepted}
 * @param fields the others, as they were recorded: foreign text, not fit for a terminal
 */
public record AuditRecord(long number, Instant at, String event, Map<String, Value> fields) {
  public AuditRecord {
    fields = Map.copyOf(fields);
  }

  /** What a field holds. */
  public sealed interface Value {
    /** A text. */
    record Text(String text) implements Value {}

    /** A number. */
    record Whole(long number) implements Value {}

    /** Yes or no. */
    record Flag(boolean yes) implements Value {}

    /** Several texts. */
    record Texts(List<String> texts) implements Value {
      public Texts {
        texts = List.copyOf(texts);
      }
    }
  }

  /** A text; the empty one when there is no such field. */
  public String text(String name) {
    return fields.get(name) instanceof Value.Text(String text) ? text : "";
  }

  /** Several texts; none when there is no such field. */
  public List<String> texts(String name) {
    return fields.get(name) instanceof Value.Texts(List<String> texts) ? texts : List.of();
  }

  /** A number; 0 when there is no such field. */
  public long number(String name) {
    return fields.get(name) instanceof Value.Whole(long whole) ? whole : 0;
  }

  /** Whether there is such a field, and it says yes. */
  public boolean flag(String name) {
    return fields.get(name) instanceof Value.Flag(boolean yes) && yes;
  }
}
