package org.hitc.listener.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hitc.i18n.Language;
import org.hitc.i18n.Messages;

/**
 * Makes readers: people with the words that their pages need.
 *
 * @param source the language that definitions are written in
 */
public record Readers(Language source) {

  /**
   * Somebody who reads pages now.
   *
   * @param displayName for the header
   * @param signedInUntil when the session ends if nothing is done
   * @param left how long until then
   * @param language of the pages
   * @param product the words of the product and of this site
   */
  public record Reading(
      String displayName,
      Instant signedInUntil,
      Duration left,
      Language language,
      Messages product) {}

  /** With the words of the product alone. */
  public Reader of(Reading reading) {
    return of(reading, reading.product());
  }

  /**
   * With the words of one workflow, those of the product among them. A workflow that a visit began
   * with may know fewer languages than are offered now.
   */
  public Reader of(Reading reading, Messages messages) {
    String tag = reading.language().tag();
    Language language = messages.languages().choose(Optional.of(tag), tag);
    return new Reader(
        reading.displayName(),
        reading.signedInUntil(),
        reading.left(),
        messages.in(language).isolating(),
        source);
  }
}
