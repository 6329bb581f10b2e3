package org.hitc.channel.hole;

import org.hitc.channel.Request;

/** Decides what a request gets. Called on a virtual thread of its own for each request. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one request: exactly one {@link Replier#reply}, a token before and data after it as
   * need be. The end frame is written when this method is over. Whatever it throws ends the reply
   * with {@link org.hitc.channel.Refusal#INTERNAL}, except a {@link ReplyBrokenException}, for
   * which nobody is left to be told.
   *
   * @param request has the shape of a request; nothing in it is believed
   */
  void answer(Request request, Replier replier) throws Exception;
}
