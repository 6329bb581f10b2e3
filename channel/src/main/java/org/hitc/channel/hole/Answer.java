package org.hitc.channel.hole;

import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;

/** What came of asking. */
public sealed interface Answer {
  /**
   * The reply is whole.
   *
   * @param reply also a {@link Reply.Refused}, when the listener said why
   * @param token a new session token to keep
   */
  record Complete(Reply reply, Optional<String> token) implements Answer {}

  /**
   * There is no reply, or not all of it. When bytes have gone to the {@link FileSink} already, the
   * response that they went to must be broken off.
   */
  record Refused(Refusal why) implements Answer {}
}
