package org.hitc.i18n.check;

import org.hitc.i18n.Rule;

/** Looks at one message that parses. */
interface MessageRule {

  /** Takes what is found. */
  interface Findings {
    void add(Rule rule, Severity severity, String words);
  }

  void check(Subject subject, Findings findings);
}
