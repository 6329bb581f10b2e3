package org.hitc.session.file;

import java.io.IOException;
import java.io.Serial;
import org.hitc.channel.Refusal;

/** A file with secrets is not safe; the message names it and says what to change. */
public final class PrivateFileException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  PrivateFileException(String message) {
    super(message);
  }

  /** Under which name the start is refused. */
  public Refusal refusal() {
    return Refusal.CONFIG;
  }
}
