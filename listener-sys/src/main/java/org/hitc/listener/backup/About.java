package org.hitc.listener.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backup says of itself: two lines, {@code instance I} and {@code at T}.
 *
 * @param instance whose it is
 * @param at when it was made
 */
record About(String instance, Instant at) {
  private static final String INSTANCE = "instance ";
  private static final String AT = "at ";

  byte[] bytes() {
    return "%s%s%n%s%s%n".formatted(INSTANCE, instance, AT, at).getBytes(UTF_8);
  }

  /** The other way; nothing when it is not such a text. */
  static Optional<About> read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 2 || !lines.get(0).startsWith(INSTANCE) || !lines.get(1).startsWith(AT)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new About(
              lines.get(0).substring(INSTANCE.length()),
              Instant.parse(lines.get(1).substring(AT.length()))));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
