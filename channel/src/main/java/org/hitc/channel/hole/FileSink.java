package org.hitc.channel.hole;

import java.io.IOException;
import java.io.OutputStream;
import org.hitc.channel.Reply;

/** Takes in a reply as it comes: the bytes of a streamed one, and the memory of every one. */
@FunctionalInterface
public interface FileSink {
  /**
   * Called once, when the first bytes of a reply come, or its end if it has none. The stream is
   * never closed by the asker: only {@link Answer.Complete} says that it is whole.
   */
  OutputStream open(Reply.Streamed reply) throws IOException;

  /**
   * Called before more bytes of an encoded reply are kept; those of a stream are not.
   *
   * @param bytes how many more
   * @return false when there is no memory for them: the reply is given up with {@link
   *     org.hitc.channel.Refusal#BUSY}
   */
  default boolean hasRoom(int bytes) {
    return true;
  }

  /**
   * Called when the listener says no more than that it is still at work.
   *
   * @throws IOException when nobody waits for the reply any more: the asking ends with it
   */
  default void stillAtWork() throws IOException {}
}
