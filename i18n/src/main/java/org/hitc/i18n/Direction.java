package org.hitc.i18n;

/** Which way a language is written. */
public enum Direction {
  LTR("ltr"),
  RTL("rtl");

  private final String html;

  Direction(String html) {
    this.html = html;
  }

  /** Value of the {@code dir} attribute of HTML. */
  public String html() {
    return html;
  }
}
