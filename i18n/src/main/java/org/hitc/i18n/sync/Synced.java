package org.hitc.i18n.sync;

import java.util.List;
import org.hitc.i18n.Problem;

/** What became of a translator's file. */
public sealed interface Synced {

  /**
   * Its new text; the same as the old one when there was nothing to do.
   *
   * @param missing keys that have no words yet
   * @param stale keys whose source has changed
   * @param obsolete keys that the source has not any more; they are kept at the end
   */
  record Written(String text, List<String> missing, List<String> stale, List<String> obsolete)
      implements Synced {
    public Written {
      missing = List.copyOf(missing);
      stale = List.copyOf(stale);
      obsolete = List.copyOf(obsolete);
    }
  }

  /** It cannot be read, and is left as it is. */
  record Refused(List<Problem> problems) implements Synced {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
