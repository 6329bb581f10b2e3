package org.hitc.i18n;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the comment above a message says of it.
 *
 * @param description for translators: where it is shown and what it is about
 * @param arguments {@code @args name:kind ...}: every argument it may use; absent when not declared
 * @param max {@code @max n}: the most characters that have room
 * @param critical {@code @critical}: a wrong translation could make somebody do harm
 * @param screen {@code @screen name}: the screen it is on
 * @param origin of a translation
 */
public record Metadata(
    String description,
    Optional<Map<String, Kind>> arguments,
    OptionalInt max,
    boolean critical,
    Optional<String> screen,
    Origin origin) {

  /** Nothing is said of it. */
  public static final Metadata NONE =
      new Metadata(
          "", Optional.empty(), OptionalInt.empty(), false, Optional.empty(), Origin.UNKNOWN);

  public Metadata {
    arguments = arguments.map(Map::copyOf);
  }
}
