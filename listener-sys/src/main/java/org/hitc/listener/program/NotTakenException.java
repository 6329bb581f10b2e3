package org.hitc.listener.program;

import java.io.IOException;
import java.io.Serial;
import org.hitc.channel.Refusal;

/**
 * What a program printed was not taken: the program is killed, and its job ends for this reason.
 */
public final class NotTakenException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final Refusal why;

  /**
   * @param why what the user is told
   * @param detail for the operator
   */
  public NotTakenException(Refusal why, String detail) {
    super(detail);
    this.why = why;
  }

  /** What the user is told. */
  public Refusal why() {
    return why;
  }
}
