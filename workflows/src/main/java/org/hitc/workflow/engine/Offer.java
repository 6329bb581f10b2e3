package org.hitc.workflow.engine;

import java.util.Map;
import java.util.Optional;

/**
 * A choice or row that a page showed. Nothing else can be chosen from that page.
 *
 * @param handle unguessable name of the offer
 * @param field the field it was offered for; absent for a row
 * @param value what programs get; for a row its first cell
 * @param label what was shown
 * @param row for a row, the value of every column
 */
public record Offer(
    String handle, Optional<String> field, String value, String label, Map<String, String> row) {
  public Offer {
    row = Map.copyOf(row);
  }
}
