package org.hitc.session.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries under keys, durable, with one way to write: an atomic conditional update.
 *
 * <p>Every method may wait for the engine and may be called from any thread. Each throws {@link
 * StoreException} when the engine cannot answer; the caller then refuses ({@link
 * org.hitc.channel.Refusal#STORE}).
 */
public interface Store extends AutoCloseable {

  /** Most keys in one {@link #read}, and most changes in one {@link #write}. */
  int MAX_BATCH = 64;

  /** Most entries in one {@link #list} or {@link #removeExpired}. */
  int MAX_LIST = 1000;

  /** The entry, if there is one. */
  default Optional<Entry> read(Key key) {
    return Optional.ofNullable(read(List.of(key)).get(key));
  }

  /**
   * The entries that exist among these keys, all as of one moment.
   *
   * @throws IllegalArgumentException when there are more than {@link #MAX_BATCH} keys
   */
  Map<Key, Entry> read(Collection<Key> keys);

  /**
   * Makes all changes or none.
   *
   * <p>When this returns true, they are durable. When it throws, nobody knows whether they were
   * made: only a read can tell.
   *
   * @param changes 1 to {@link #MAX_BATCH}, each of another key
   * @return true when every expectation held and all changes were made; false when one did not hold
   *     and nothing has changed
   */
  boolean write(List<Change> changes);

  /** One change; see {@link #write(List)}. */
  default boolean write(Change change) {
    return write(List.of(change));
  }

  /**
   * The entries of an owner, the one that expires last first.
   *
   * @param limit 1 to {@link #MAX_LIST}
   */
  List<Entry> list(Kind kind, String owner, int limit);

  /**
   * The entries of a kind whose ids come after this one, in the order of the bytes of their ids:
   * for whoever has to look at all of them, a part at a time.
   *
   * @param after the empty text for the first part, then the last id of the part before
   * @param limit 1 to {@link #MAX_LIST}; fewer entries than this means that there are no more
   */
  List<Entry> scan(Kind kind, String after, int limit);

  /**
   * Removes entries whose time is over, the oldest first.
   *
   * @param limit 1 to {@link #MAX_LIST}, so that other writers get their turn
   * @return how many were removed; fewer than {@code limit} means that there are no more but those
   *     which somebody else is changing or removing now
   */
  int removeExpired(Instant now, int limit);

  /** Finishes what has been asked for and lets go of the engine. */
  @Override
  void close();
}
