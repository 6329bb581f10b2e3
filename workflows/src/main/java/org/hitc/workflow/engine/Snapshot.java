package org.hitc.workflow.engine;

import java.util.List;
import java.util.Map;

/**
 * A page that was shown: everything that the next event needs. Holds no password.
 *
 * @param hash of the definition it was made by; another one refuses it
 * @param step name of the step it shows
 * @param answers by name, with {@code row.column} for a followed row
 * @param offers what it offered
 * @param view what it showed
 */
public record Snapshot(
    String hash, String step, Map<String, Answer> answers, List<Offer> offers, View view)
    implements Position {
  public Snapshot {
    answers = Map.copyOf(answers);
    offers = List.copyOf(offers);
  }
}
