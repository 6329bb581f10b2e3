package org.hitc.session.token;

import java.io.IOException;
import java.io.Serial;

/** A key file is not as it must be; the message names the file and says what to change. */
public final class KeyFileException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public KeyFileException(String message) {
    super(message);
  }
}
