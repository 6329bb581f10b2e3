package org.hitc.channel.hole;

import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.RequestId;

/**
 * Is told of everything that did not go as an honest gateway and a healthy machine make it go.
 * Called from several threads at once; must not wait.
 */
public interface Observer {
  /**
   * A request was refused, or its reply could not be delivered.
   *
   * @param id absent when it was about no request in particular
   * @param detail what was wrong, for a log: printable ASCII, no value of the request
   */
  void refused(Optional<RequestId> id, Refusal why, String detail);

  /** A former listener had claimed this request and died before its end. It is not run again. */
  void interrupted(RequestId id);

  /** So many bytes came out of the daemon pipe that were no part of a hint. */
  void garbage(long bytes);

  /**
   * Something of our own went wrong: the handler threw, or the system refused a call.
   *
   * @param id absent when it was about no request in particular
   */
  void failed(Optional<RequestId> id, Throwable cause);
}
