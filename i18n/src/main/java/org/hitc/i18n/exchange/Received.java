package org.hitc.i18n.exchange;

/** What became of a file from outside. */
public sealed interface Received {

  /** It is one of its kind, whole. */
  record Whole(Exchange exchange) implements Received {}

  /**
   * It is not; nothing of it is used.
   *
   * @param line the line, from 1; 0 when it is about the whole file
   */
  record Refused(int line, String words) implements Received {}
}
