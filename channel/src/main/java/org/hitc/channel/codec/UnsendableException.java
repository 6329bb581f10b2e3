package org.hitc.channel.codec;

import java.io.Serial;
import org.hitc.channel.Refusal;

/**
 * A request that the honest side does not send, because the other side would refuse it.
 *
 * <p>{@link #why} is {@link Refusal#REQ_TOO_LONG} (a field, the number of fields or the whole is
 * over its limit), {@link Refusal#ARG_ENCODING} (a form value holds an unpaired surrogate) or
 * {@link Refusal#REQ_SYNTAX} (a name, id or handle that has not the shape of one). The message
 * names the field and holds no value.
 */
public final class UnsendableException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  private final Refusal why;

  UnsendableException(Malformed cause) {
    super(cause.detail(), cause);
    this.why = cause.why();
  }

  /** The refusal to answer with. */
  public Refusal why() {
    return why;
  }
}
