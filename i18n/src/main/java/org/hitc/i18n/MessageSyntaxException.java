package org.hitc.i18n;

/** A message is not written as messages are; its words say how it is not. */
final class MessageSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  MessageSyntaxException(String words) {
    super(words);
  }
}
