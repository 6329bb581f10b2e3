package org.hitc.listener.visit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.Words;

/**
 * What the store keeps of a page: a snapshot, never changed.
 *
 * @param ticket to be sent with its form
 * @param made when it was made
 * @param reference of the job that made it
 * @param trail the pages that led here, first to last
 * @param snapshot what the engine needs for the next event
 */
public record StoredPage(
    String ticket,
    Instant made,
    Optional<String> reference,
    List<Ancestor> trail,
    Snapshot snapshot) {
  public StoredPage {
    trail = List.copyOf(trail);
  }

  /** A page that led here: its id, the step it showed, its heading. */
  public record Ancestor(String page, String step, Words title) {}
}
