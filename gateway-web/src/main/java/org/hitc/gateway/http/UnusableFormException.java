package org.hitc.gateway.http;

import java.io.Serial;

/** A form that no page of ours could have sent. */
final class UnusableFormException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
}
