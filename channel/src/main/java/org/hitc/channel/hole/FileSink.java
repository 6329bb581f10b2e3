package org.hitc.channel.hole;

import java.io.IOException;
import java.io.OutputStream;
import org.hitc.channel.Reply;

/** Takes a file as it comes. */
@FunctionalInterface
public interface FileSink {
  /**
   * Called once, when the first bytes of a file come, or its end if it has none. The stream is
   * never closed by the asker: only {@link Answer.Complete} says that the file is whole.
   */
  OutputStream open(Reply.File file) throws IOException;
}
