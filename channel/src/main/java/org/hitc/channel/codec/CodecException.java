package org.hitc.channel.codec;

import java.io.Serial;

/**
 * Bytes that are not the record asked for, or a type that cannot be encoded. Both are faults of the
 * trusted side or of its disk, never a mistake of a user; the message names the type and component.
 */
public final class CodecException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  CodecException(String message) {
    super(message);
  }

  CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
