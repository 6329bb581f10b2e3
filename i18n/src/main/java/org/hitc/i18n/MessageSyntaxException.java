package org.hitc.i18n;

/** A message is not written as messages are. */
public final class MessageSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final Rule rule;
  private final String words;

  MessageSyntaxException(Rule rule, String words) {
    super(words);
    this.rule = rule;
    this.words = words;
  }

  /** The rule that it breaks. */
  public Rule rule() {
    return rule;
  }

  /** How it is not. */
  public String words() {
    return words;
  }
}
