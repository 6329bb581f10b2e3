package org.hitc.channel;

import java.util.Optional;

/**
 * Words for people, with the language they are in.
 *
 * @param value the words; plain text, never markup
 * @param language BCP 47 tag when it differs from the page's own (a text that fell back, or a
 *     program's own words)
 */
public record Text(String value, Optional<String> language) {

  /** Words in the page's own language. */
  public static Text of(String value) {
    return new Text(value, Optional.empty());
  }
}
