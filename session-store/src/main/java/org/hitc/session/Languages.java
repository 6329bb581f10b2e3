package org.hitc.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;

/** The languages that users have chosen: an entry for each, read together with the session. */
final class Languages {
  private Languages() {}

  static Key key(String user) {
    return new Key(Kind.LANGUAGE, user);
  }

  /** The user's choice, a BCP 47 tag, out of what was read. */
  static Optional<String> of(Map<Key, Entry> found, String user) {
    return Optional.ofNullable(found.get(key(user)))
        .map(entry -> new String(entry.body(), US_ASCII));
  }

  /**
   * A choice.
   *
   * @param was what stands in the store now
   */
  static Change chosen(Optional<Entry> was, String user, String tag, Instant until) {
    byte[] body = tag.getBytes(US_ASCII);
    return was.map(entry -> Change.replace(entry, until, body))
        .orElseGet(() -> Change.create(key(user), user, until, body));
  }
}
