package org.hitc.i18n;

/**
 * What is wrong with a message file.
 *
 * @param file the file, as the person who can mend it knows it
 * @param line its line, from 1; 0 when it is about the whole file
 * @param words what is wrong
 */
public record Problem(String file, int line, String words) {

  /** {@code file:line: words}. */
  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + words : file + ": " + words;
  }
}
