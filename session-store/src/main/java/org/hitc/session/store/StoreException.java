package org.hitc.session.store;

import java.io.Serial;
import org.hitc.channel.Refusal;

/** The store cannot answer. Whoever asked refuses; a write may or may not have been made. */
public final class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A compare-and-set was lost again and again. */
  public static StoreException contended() {
    return new StoreException("too many are changing the same entry at once");
  }

  /** The name of the refusal it becomes. */
  public Refusal refusal() {
    return Refusal.STORE;
  }
}
