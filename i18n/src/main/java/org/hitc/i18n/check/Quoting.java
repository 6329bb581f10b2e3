package org.hitc.i18n.check;

import org.hitc.i18n.Rule;

/**
 * L08: an apostrophe before a brace quotes it. In {@code l'{account}} that is never meant: the
 * reader would see {@code l{account}}. A quotation that does not end is refused when it is parsed.
 */
final class Quoting implements MessageRule {

  @Override
  public void check(Subject subject, Findings findings) {
    String value = subject.entry().value();
    String quoted = quoted(value);
    boolean swallowed =
        subject.given().keySet().stream().anyMatch(name -> quoted.contains("{" + name));
    if (swallowed) {
      findings.add(
          Rule.L08,
          Severity.ERROR,
          "an apostrophe before a brace shows the brace instead of the value; write '' or \u2019");
    }
  }

  /** What stands between apostrophes that quote. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      char next = i + 1 < value.length() ? value.charAt(i + 1) : ' ';
      if (c == '\'' && next == '\'') {
        i++;
      } else if (c == '\'' && (inside || "{}#|".indexOf(next) >= 0)) {
        inside = !inside;
        quoted.append('\n');
      } else if (inside) {
        quoted.append(c);
      }
    }
    return quoted.toString();
  }
}
