package org.hitc.listener.desk;

import java.io.IOException;
import java.io.OutputStream;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;

/** What a handler found: a reply, or a refusal to be audited. */
sealed interface Answered {
  /** A reply that is sent as it is. */
  record With(Reply reply) implements Answered {}

  /** A file; the writer is called once, with what takes its bytes. */
  record WithFile(Reply.File file, Content content) implements Answered {}

  /** The bytes of a file. */
  interface Content {
    void write(OutputStream to) throws IOException;
  }

  /**
   * Refused.
   *
   * @param detail for the audit: names, never what was typed
   */
  record Refused(Refusal why, String detail) implements Answered {}
}
