package org.hitc.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.PageAddress;
import org.hitc.session.signin.UserEntry;

/**
 * A session that ended a short while ago, as its own token tells. It authorises nothing.
 *
 * @param id of the session, 32 lower-case hex digits
 * @param user whose it was; not disabled
 * @param at when it ended, when that is known
 * @param idle its idle limit
 * @param keeps whether what is typed is still kept for the user: it ended by its time, and not much
 *     is kept yet
 * @param kept pages on which it was kept, the newest first
 * @param until until when this can be found
 */
public record Lapsed(
    String id,
    UserEntry user,
    Ending why,
    Optional<Instant> at,
    Duration idle,
    boolean keeps,
    List<PageAddress> kept,
    Instant until) {
  public Lapsed {
    kept = List.copyOf(kept);
  }
}
