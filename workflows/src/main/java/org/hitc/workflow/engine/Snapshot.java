package org.hitc.workflow.engine;

import java.util.List;

/**
 * A page that was shown: everything that the next event needs. Holds no password.
 *
 * @param hash of the definition it was made by; another one refuses it
 * @param step name of the step it shows; of a page that says why it does not go on, the step from
 *     which the way can be tried again
 * @param known what the visit knows there
 * @param offers what it offered
 * @param view what it showed
 */
public record Snapshot(String hash, String step, Known known, List<Offer> offers, View view)
    implements Position {
  public Snapshot {
    offers = List.copyOf(offers);
  }

  Snapshot showing(View other) {
    return new Snapshot(hash, step, known, offers, other);
  }
}
