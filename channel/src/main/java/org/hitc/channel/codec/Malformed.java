package org.hitc.channel.codec;

import java.io.Serial;
import org.hitc.channel.Refusal;

/**
 * Ends the reading or writing of a request at its first mistake. Never leaves this package: {@link
 * RequestCodec} turns it into an outcome. It has no stack trace, so that a flood of bad requests
 * stays cheap.
 */
final class Malformed extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final Refusal why;
  private final String detail;

  /**
   * @param detail what is wrong and where; printable ASCII without any value of the request
   */
  Malformed(Refusal why, String detail) {
    super(detail, null, false, false);
    this.why = why;
    this.detail = detail;
  }

  static Malformed syntax(String detail) {
    return new Malformed(Refusal.REQ_SYNTAX, detail);
  }

  static Malformed tooLong(String detail) {
    return new Malformed(Refusal.REQ_TOO_LONG, detail);
  }

  Refusal why() {
    return why;
  }

  String detail() {
    return detail;
  }
}
