package org.hitc.i18n.sync;

import java.util.List;
import org.hitc.i18n.check.Finding;

/** What became of translations that came back. */
public sealed interface Imported {

  /**
   * They are good, and this is the new text of the translator's file.
   *
   * @param taken keys whose words are new, or confirmed
   * @param findings what is not an error, and what was left out and why
   */
  record Written(String text, List<String> taken, List<Finding> findings) implements Imported {
    public Written {
      taken = List.copyOf(taken);
      findings = List.copyOf(findings);
    }
  }

  /** At least one breaks a rule; nothing is taken. */
  record Refused(List<Finding> findings) implements Imported {
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
