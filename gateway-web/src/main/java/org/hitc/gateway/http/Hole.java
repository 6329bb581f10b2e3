package org.hitc.gateway.http;

import java.io.IOException;
import org.hitc.channel.Request;
import org.hitc.channel.hole.Answer;
import org.hitc.channel.hole.FileSink;

/** The way to the listener, as the web server sees it: one question, one answer. */
@FunctionalInterface
public interface Hole {

  /**
   * Asks and waits, for as long as the channel allows.
   *
   * @param sink takes the bytes when the answer is a file
   * @throws IOException when the hole itself is broken, or what the sink threw
   */
  Answer ask(Request request, FileSink sink) throws IOException;
}
