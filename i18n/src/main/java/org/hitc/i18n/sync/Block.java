package org.hitc.i18n.sync;

import java.util.List;
import org.hitc.i18n.Origin;

/**
 * A message of a translator's file with the lines that belong to it.
 *
 * @param lead lines of comments that stand above with a blank line below
 * @param comments the translator's own, directly above
 * @param value the words; blank when there are none yet
 * @param lines the message as it stands in the file
 */
record Block(
    String key,
    List<String> lead,
    List<String> comments,
    Origin origin,
    String value,
    List<String> lines) {
  Block {
    lead = List.copyOf(lead);
    comments = List.copyOf(comments);
    lines = List.copyOf(lines);
  }

  boolean missing() {
    return value.isBlank();
  }
}
