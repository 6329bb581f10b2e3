package org.hitc.i18n;

/**
 * A message as its file has it.
 *
 * @param key such as {@code refusal.busy}
 * @param value the ICU MessageFormat pattern
 * @param line the line of the key, from 1
 * @param metadata what the comment above it says
 */
public record Entry(String key, String value, int line, Metadata metadata) {

  /**
   * A source text that stands elsewhere, such as a label in a workflow, as a message that says it
   * literally.
   *
   * @param text no pattern: its braces are shown
   * @param line where it stands, from 1
   */
  public static Entry literal(String key, String text, int line, Metadata metadata) {
    return new Entry(key, Message.quote(text), line, metadata);
  }
}
