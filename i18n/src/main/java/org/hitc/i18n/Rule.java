package org.hitc.i18n;

/** The rules for messages, by the names that {@code hitc i18n check} reports them under. */
public enum Rule {
  L01("the file is UTF-8, each key stands once, escapes are known, letters are composed (NFC)"),
  L02("a message parses and uses the formats there are"),
  L03("a translation uses the values of its source, and no other"),
  L04("a value is of the same kind everywhere"),
  L05("the style of a number or date is one there is, and works in the language"),
  L06("a plural has the categories of its language"),
  L07("other is there and says something; a selection has the cases of its source"),
  L08("braces and apostrophes mean what they look like"),
  L09("the number of a plural is shown"),
  L10("tags are those of the source, closed, and nothing but tags"),
  L11("no character hides, reverses or imitates text"),
  L12("blanks and punctuation are those of the source, as the language writes them"),
  L13("a message is no longer than there is room for"),
  L14("a message is in its language"),
  L15("a translation is of the present source"),
  L16("messages and files keep the limits"),
  L17("a source can be translated"),
  L18("no address or telephone number is added"),
  L19("every message can be shown with every sample");

  private final String title;

  Rule(String title) {
    this.title = title;
  }

  /** What it asks for, in one line. */
  public String title() {
    return title;
  }
}
