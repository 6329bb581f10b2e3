package org.hitc.session;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;

/**
 * Revocation epochs: one number for each user and one for everybody, 0 until somebody is signed out
 * by them. They only grow, so the sum of the two that count for a user is what it was at sign-in
 * exactly when neither has grown.
 */
final class Epochs {
  /** No user's name holds an asterisk. */
  static final Key EVERYBODY = new Key(Kind.EPOCH, "*");

  private static final int MAX_TRIES = 16;

  private Epochs() {}

  static Key keyOf(String user) {
    return new Key(Kind.EPOCH, user);
  }

  /** What has to be read to know a user's epoch. */
  static List<Key> keys(String user) {
    return List.of(EVERYBODY, keyOf(user));
  }

  /** The user's epoch, out of what was read. */
  static long of(Map<Key, Entry> found, String user) {
    return keys(user).stream()
        .map(key -> Optional.ofNullable(found.get(key)))
        .mapToLong(entry -> entry.map(Epochs::number).orElse(0L))
        .sum();
  }

  /** When the last of the epochs that count for a user began, out of what was read. */
  static Optional<Instant> begin(Map<Key, Entry> found, String user) {
    return keys(user).stream()
        .flatMap(key -> Optional.ofNullable(found.get(key)).flatMap(Epochs::begin).stream())
        .max(Comparator.naturalOrder());
  }

  /**
   * Ends what began in the epoch that was.
   *
   * @param also changes to make with it, all or none
   */
  static void next(Store store, Key key, Instant now, List<Change> also) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<Entry> was = store.read(key);
      byte[] body = body(was.map(Epochs::number).orElse(0L) + 1, now);
      List<Change> changes = new ArrayList<>(also);
      changes.add(
          was.map(entry -> Change.replace(entry, Entry.NEVER, body))
              .orElseGet(() -> Change.create(key, "", Entry.NEVER, body)));
      if (store.write(changes)) {
        return;
      }
    }
    throw StoreException.contended();
  }

  private static long number(Entry entry) {
    return ByteBuffer.wrap(entry.body()).getLong();
  }

  /** Earlier versions wrote the number alone. */
  private static Optional<Instant> begin(Entry entry) {
    byte[] body = entry.body();
    return body.length == 2 * Long.BYTES
        ? Optional.of(Instant.ofEpochMilli(ByteBuffer.wrap(body).getLong(Long.BYTES)))
        : Optional.empty();
  }

  private static byte[] body(long number, Instant now) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(number).putLong(now.toEpochMilli()).array();
  }
}
