package org.hitc.listener.audit;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** An event could not be recorded. Whoever wanted to act on it must not act. */
public final class AuditException extends UncheckedIOException {
  @Serial private static final long serialVersionUID = 1L;

  AuditException(String what, IOException cause) {
    super(what, cause);
  }
}
