package org.hitc.i18n;

import java.time.ZoneId;
import java.util.List;

/**
 * All words in all offered languages: one immutable snapshot of the message files. A page is drawn
 * from one snapshot and so never mixes two.
 */
public final class Messages {
  private final Languages offered;
  private final ZoneId zone;

  private Messages(Languages offered, ZoneId zone) {
    this.offered = offered;
    this.zone = zone;
  }

  /**
   * Reads and checks the files of these layers.
   *
   * @param offered the languages that people can read
   * @param source the language the product's messages are written in, used where there is no other
   * @param zone the time zone of instants in messages
   * @param layers in order of strength within their kind, strongest first
   */
  public static Loading load(Languages offered, Language source, ZoneId zone, List<Layer> layers) {
    return new Loading.Loaded(new Messages(offered, zone));
  }

  /** This snapshot with more layers, such as those of one workflow. What is loaded is shared. */
  public Loading with(List<Layer> more) {
    return new Loading.Loaded(this);
  }

  /**
   * The words in one language.
   *
   * @throws IllegalArgumentException if it is not offered
   */
  public Catalogue in(Language language) {
    if (!offered.all().contains(language)) {
      throw new IllegalArgumentException(language + " is not offered");
    }
    return new Catalogue(language, Formats.of(language, zone));
  }
}
