package org.hitc.listener;

import java.io.Serial;
import java.util.List;

/** The listener may not start: every reason, each with what is wrong, where, and the cure. */
public final class StartRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  /**
   * @param reasons at least one
   */
  public StartRefusedException(List<String> reasons) {
    super(String.join("\n", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** Every reason. */
  public List<String> reasons() {
    return reasons;
  }
}
