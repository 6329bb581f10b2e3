package org.hitc.channel.hole;

import java.io.Serial;
import org.hitc.channel.Refusal;

/**
 * Ends the taking in of a request. Never leaves this package; has no stack trace, so that a flood
 * of bad requests stays cheap.
 */
final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final Refusal why;
  private final String detail;

  /**
   * @param detail printable ASCII without any value of the request
   */
  RefusedException(Refusal why, String detail) {
    super(detail, null, false, false);
    this.why = why;
    this.detail = detail;
  }

  Refusal why() {
    return why;
  }

  String detail() {
    return detail;
  }
}
