package org.hitc.channel.hole;

import java.io.IOException;
import java.io.OutputStream;
import org.hitc.channel.Reply;

/** Takes the bytes of a streamed reply as they come. */
@FunctionalInterface
public interface FileSink {
  /**
   * Called once, when the first bytes of a reply come, or its end if it has none. The stream is
   * never closed by the asker: only {@link Answer.Complete} says that it is whole.
   */
  OutputStream open(Reply.Streamed reply) throws IOException;
}
