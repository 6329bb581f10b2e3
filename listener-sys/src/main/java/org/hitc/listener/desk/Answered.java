package org.hitc.listener.desk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;

/** What a handler found: a reply, or a refusal to be audited. */
sealed interface Answered {
  /** A reply that is sent as it is. */
  record With(Reply reply) implements Answered {}

  /** A reply whose bytes follow; the writer is called once, with what takes them. */
  record WithBytes(Reply.Streamed reply, Content content) implements Answered {}

  /** The bytes of a streamed reply. */
  interface Content {
    /** Writes them; why they are not all, when they are not. */
    Optional<Refusal> write(OutputStream to) throws IOException, InterruptedException;
  }

  /**
   * Refused.
   *
   * @param detail for the audit: names, never what was typed
   */
  record Refused(Refusal why, String detail) implements Answered {}
}
