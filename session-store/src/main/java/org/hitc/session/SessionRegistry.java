package org.hitc.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;

/**
 * Which sessions there are, and the ending of them: at once and on every node, since each request
 * reads its session's row. It knows no token and no password: an operator's command works with it
 * beside the listener.
 *
 * <p>The row of a session that has ended stays for {@link #REMEMBERED}: so that whoever still holds
 * its token can be told why, and finds what was typed.
 */
public final class SessionRegistry {
  /** How long after its end a session's token still says for whom what was typed is kept. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  /** Most rows of one user that are looked at: those that live come first. */
  static final int ROWS_PER_USER = 2 * SessionLimits.MAX_PER_USER;

  private static final int PART = 500;

  /** Tries of a compare-and-set; a race is lost only to somebody whose change is also ours. */
  private static final int MAX_TRIES = 16;

  private static final Comparator<Session> LAST_ACTIVE_FIRST =
      Comparator.comparing(Session::activeAt).reversed().thenComparing(Session::id);

  private final Store store;
  private final InstantSource clock;
  private final Duration activityStep;

  /** For sessions that last as {@link SessionLimits#DEFAULT} says between idle limit and end. */
  public SessionRegistry(Store store, InstantSource clock) {
    this(store, clock, SessionLimits.DEFAULT.activityStep());
  }

  SessionRegistry(Store store, InstantSource clock, Duration activityStep) {
    this.store = store;
    this.clock = clock;
    this.activityStep = activityStep;
  }

  /**
   * Some of many.
   *
   * @param sessions the last active first
   * @param all how many there are
   */
  public record Found(List<Session> sessions, long all) {
    public Found {
      sessions = List.copyOf(sessions);
    }
  }

  /** What is looked for among all sessions. */
  public interface Wanted {
    boolean matches(Session session);
  }

  /**
   * The live sessions of a user, the last active first; at most {@link SessionLimits#MAX_PER_USER}.
   *
   * @throws StoreException when the store cannot answer
   */
  public List<Session> of(String user) {
    Instant now = clock.instant();
    long epoch = epochOf(user);
    return store.list(Kind.SESSION, user, ROWS_PER_USER).stream()
        .flatMap(entry -> live(entry, epoch, now).stream())
        .sorted(LAST_ACTIVE_FIRST)
        .limit(SessionLimits.MAX_PER_USER)
        .toList();
  }

  /**
   * The live sessions of everybody that match, as the store is read part by part: what begins or
   * ends meanwhile may be missed.
   *
   * @param most how many to give; memory is bounded by it
   * @throws StoreException when the store cannot answer
   */
  public Found find(Wanted wanted, int most) {
    Instant now = clock.instant();
    Map<String, Long> epochs = new HashMap<>();
    PriorityQueue<Session> last = new PriorityQueue<>(LAST_ACTIVE_FIRST.reversed());
    long all = 0;
    String after = "";
    List<Entry> part;
    do {
      part = store.scan(Kind.SESSION, after, PART);
      epochs.clear();
      for (Entry entry : part) {
        after = entry.key().id();
        Optional<Session> live =
            live(entry, epochs.computeIfAbsent(entry.owner(), this::epochOf), now);
        if (live.filter(wanted::matches).isPresent()) {
          all++;
          last.add(live.get());
          if (last.size() > most) {
            last.remove();
          }
        }
      }
    } while (part.size() == PART);
    return new Found(last.stream().sorted(LAST_ACTIVE_FIRST).toList(), all);
  }

  /**
   * Ends one session.
   *
   * @param id its 32 hex digits
   * @param also changes to make with it, all or none
   * @return the session as it was; empty when there is none that lives
   * @throws StoreException when the store cannot answer
   */
  public Optional<Session> end(String id, Ending why, List<Change> also) {
    Key key = new Key(Kind.SESSION, id);
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Instant now = clock.instant();
      Optional<Entry> entry = store.read(key).filter(e -> !isOver(e, epochOf(e.owner())));
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      List<Change> changes = new ArrayList<>(also);
      changes.add(ended(entry.get(), new SessionRow.Over(why, now)));
      if (store.write(changes)) {
        SessionRow row = SessionRow.decode(entry.get().body());
        return Optional.of(Session.of(id, entry.get().owner(), row, now));
      }
    }
    throw StoreException.contended();
  }

  /**
   * Ends every session of a user.
   *
   * @param also changes to make with it, all or none
   * @throws StoreException when the store cannot answer
   */
  public void endAllOf(String user, List<Change> also) {
    Epochs.next(store, Epochs.keyOf(user), clock.instant(), also);
  }

  /**
   * Ends every session there is.
   *
   * @param also changes to make with it, all or none
   * @throws StoreException when the store cannot answer
   */
  public void endAll(List<Change> also) {
    Epochs.next(store, Epochs.EVERYBODY, clock.instant(), also);
  }

  /** The change that marks a session as ended. */
  static Change ended(Entry entry, SessionRow.Over how) {
    return Change.replace(
        entry, how.at().plus(REMEMBERED), SessionRow.decode(entry.body()).ended(how).encode());
  }

  /** The session of a row, when it lives: as long as a request with its token is answered. */
  Optional<Session> live(Entry entry, long epoch, Instant now) {
    SessionRow row = SessionRow.decode(entry.body());
    return !isOver(entry, epoch) && now.isBefore(row.end(activityStep))
        ? Optional.of(Session.of(entry.key().id(), entry.owner(), row, now))
        : Optional.empty();
  }

  private static boolean isOver(Entry entry, long epoch) {
    SessionRow row = SessionRow.decode(entry.body());
    return row.over().isPresent() || !row.isOf(epoch);
  }

  private long epochOf(String user) {
    return Epochs.of(store.read(Epochs.keys(user)), user);
  }
}
