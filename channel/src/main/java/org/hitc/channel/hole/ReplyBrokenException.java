package org.hitc.channel.hole;

import java.io.IOException;
import java.io.Serial;
import org.hitc.channel.Refusal;

/**
 * The reply cannot be delivered: its reader is gone ({@link Refusal#OUT_NOREADER}) or takes too
 * long ({@link Refusal#OUT_STALLED}), or the listener itself is stopping ({@link
 * Refusal#INTERNAL}). Whoever produces it stops.
 */
public final class ReplyBrokenException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final Refusal why;
  private final String detail;

  ReplyBrokenException(Refusal why, String detail) {
    super(detail);
    this.why = why;
    this.detail = detail;
  }

  /** Which of the three. */
  public Refusal why() {
    return why;
  }

  String detail() {
    return detail;
  }
}
