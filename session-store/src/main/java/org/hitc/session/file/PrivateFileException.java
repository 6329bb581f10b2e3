package org.hitc.session.file;

import java.io.IOException;
import java.io.Serial;

/** A file with secrets is not safe; the message names it and says what to change. */
public final class PrivateFileException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  PrivateFileException(String message) {
    super(message);
  }
}
