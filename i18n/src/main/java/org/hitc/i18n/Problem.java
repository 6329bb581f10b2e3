package org.hitc.i18n;

/**
 * What is wrong with a message file.
 *
 * @param file the file, as the person who can mend it knows it
 * @param line its line, from 1; 0 when it is about the whole file
 * @param rule the rule that it breaks
 * @param key the message; empty when it is about none
 * @param words what is wrong
 */
public record Problem(String file, int line, Rule rule, String key, String words) {

  /** {@code file:line: words}, with the key before the words. */
  @Override
  public String toString() {
    String about = key.isEmpty() ? words : key + ": " + words;
    return line > 0 ? file + ":" + line + ": " + about : file + ": " + about;
  }
}
