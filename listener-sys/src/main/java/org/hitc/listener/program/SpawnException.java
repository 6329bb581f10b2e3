package org.hitc.listener.program;

import java.io.Serial;
import org.hitc.channel.Refusal;

/** A program was not started; nothing runs. */
final class SpawnException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Refusal why;

  SpawnException(Refusal why, String detail) {
    super(detail);
    this.why = why;
  }

  Refusal why() {
    return why;
  }

  ProgramEnd.NotStarted end() {
    return new ProgramEnd.NotStarted(why, String.valueOf(getMessage()));
  }
}
