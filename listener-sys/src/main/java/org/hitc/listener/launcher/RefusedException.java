package org.hitc.listener.launcher;

import java.io.Serial;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.RunRefusal;

/** Nothing is started. */
final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final RunRefusal why;
  private final String detail;

  /**
   * @param detail for the operator, in English
   */
  RefusedException(RunRefusal why, String detail) {
    super(why.code() + ": " + detail);
    this.why = why;
    this.detail = detail;
  }

  Answer.Refused answer() {
    return new Answer.Refused(why, detail);
  }
}
