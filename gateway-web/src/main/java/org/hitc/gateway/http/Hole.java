package org.hitc.gateway.http;

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
   */
  Answer ask(Request request, FileSink sink);
}
