package org.hitc.listener.page;

import java.time.Duration;
import java.time.Instant;
import org.hitc.i18n.Language;
import org.hitc.i18n.Messages;

/**
 * Makes readers: people with the words that their pages need.
 *
 * @param product the words of the product itself
 * @param source the language that definitions are written in
 */
public record Readers(Messages product, Language source) {

  /**
   * Somebody who reads pages now.
   *
   * @param displayName for the header
   * @param signedInUntil when the session ends if nothing is done
   * @param left how long until then
   * @param language of the pages
   */
  public record Reading(
      String displayName, Instant signedInUntil, Duration left, Language language) {}

  /** With the words of the product alone. */
  public Reader of(Reading reading) {
    return of(reading, product);
  }

  /** With the words of one workflow, those of the product among them. */
  public Reader of(Reading reading, Messages messages) {
    return new Reader(
        reading.displayName(),
        reading.signedInUntil(),
        reading.left(),
        messages.in(reading.language()),
        source);
  }
}
