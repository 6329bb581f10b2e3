package org.hitc.i18n.check;

import com.ibm.icu.util.ULocale;
import org.hitc.i18n.Node;
import org.hitc.i18n.Rule;

/** L05: the styles of numbers and dates work in the language. */
final class Styles implements MessageRule {

  @Override
  public void check(Subject subject, Findings findings) {
    ULocale locale = subject.locale();
    for (Node.Numeric number : Walk.nodes(subject.message(), Node.Numeric.class)) {
      works(number.name(), () -> number.style().formatter(locale), findings);
    }
    for (Node.Dated date : Walk.nodes(subject.message(), Node.Dated.class)) {
      works(date.name(), () -> date.style().formatter(locale), findings);
    }
  }

  private static void works(String name, Runnable making, Findings findings) {
    try {
      making.run();
    } catch (RuntimeException e) {
      // ICU declares none of what it throws at styles that it cannot make.
      findings.add(
          Rule.L05,
          Severity.ERROR,
          "the style of {" + name + "} does not work here (" + e.getMessage() + "); use another");
    }
  }
}
