package org.hitc.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.session.sign.TokenSigner;
import org.hitc.session.signin.SignInProvider;
import org.hitc.session.signin.UserEntry;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import org.hitc.session.token.CachedVerifier;
import org.hitc.session.token.Claims;
import org.hitc.session.token.Verdict;

/**
 * Begins, checks, renews and ends sessions. Safe for use by many threads and by several processes
 * on one store: whatever changes a session's row does so by compare-and-set.
 *
 * <p>A check costs one indexed read and no write, except: once per {@link
 * SessionLimits#activityStep} for the idle limit, and twice per {@link SessionLimits#renewAfter}
 * for the renewal (the successor is signed; the successor has come back).
 *
 * <p><b>Renewal.</b> Tokens of a session are numbered. A token older than {@code renewAfter} gets a
 * successor, and until that one first comes back both count: the reply that carried it may have
 * been lost, or take minutes because its program does. From then on the old one counts for {@code
 * grace} more. What comes back later than that is a copy in other hands. Two requests that both ask
 * for a successor get the same number.
 *
 * <p><b>How long a token is good for.</b> It expires when its session would at the latest, were it
 * never renewed: idle limit plus {@code renewAfter} after it was signed, and never after the
 * absolute end. A shorter life would end sessions of people who read or type for longer than that.
 */
public final class Sessions {
  private static final int SESSION_ID_BYTES = 16;

  /** How long after its end a token still says for whom what was typed is kept. */
  private static final Duration LAPSED = Duration.ofHours(1);

  /** Tries of a compare-and-set; a race is lost only to somebody whose change is also ours. */
  private static final int MAX_TRIES = 16;

  private final Store store;
  private final Users users;
  private final TokenSigner signer;
  private final CachedVerifier verifier;
  private final SessionLimits limits;
  private final InstantSource clock;
  private final SecureRandom random;

  public Sessions(
      Store store,
      SignInProvider provider,
      TokenSigner signer,
      CachedVerifier verifier,
      SessionLimits limits,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.users = new Users(provider);
    this.signer = signer;
    this.verifier = verifier;
    this.limits = limits;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Begins a session with a fresh id. When the user has {@link SessionLimits#perUser} already, the
   * one that would end first ends now.
   *
   * @param user as the provider accepted it
   * @param method how, such as {@code password}
   * @param idle the idle limit the user chose, cut to what {@link SessionLimits} allows
   * @throws StoreException when the store cannot answer; there may be a session that nobody holds a
   *     token of
   */
  public SignedIn signIn(UserEntry user, String method, Optional<Duration> idle) {
    Instant now = clock.instant();
    Instant begin = now.truncatedTo(ChronoUnit.SECONDS);
    SessionRow row =
        SessionRow.begin(
            method,
            user.stamp(),
            begin,
            begin.plus(limits.absolute()),
            idle.map(limits::chosen).orElse(limits.idle()));
    String id = freshId();
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Map<Key, Entry> found = store.read(users.keys(user.name()));
      long epoch = Epochs.of(found, user.name());
      List<Change> changes = new ArrayList<>(placesFor(user.name()));
      users.keeping(user, found, row.absoluteEnd().plus(LAPSED)).ifPresent(changes::add);
      changes.add(
          Change.create(new Key(Kind.SESSION, id), user.name(), expires(row), row.encode()));
      if (store.write(changes)) {
        return new SignedIn(
            token(id, user.name(), row, epoch, begin), session(id, user.name(), row));
      }
    }
    throw StoreException.contended();
  }

  /**
   * Checks the token of a request: signature, times, the session's row, the epochs, the user.
   *
   * @param token as the browser sent it
   * @throws StoreException when the store cannot answer
   * @throws org.hitc.session.signin.SignInException when the provider cannot tell about the user
   */
  public Check check(String token, Activity activity) {
    return switch (verifier.verify(token)) {
      case Verdict.Refused(Refusal why) -> new Check.Refused(why);
      case Verdict.Valid(Claims claims) -> check(claims, activity);
    };
  }

  /**
   * Ends the session of a token, on every node at once.
   *
   * @return the session that was ended; empty when the token is of none
   * @throws StoreException when the store cannot answer; the session may still live
   */
  public Optional<Session> signOut(String token) {
    return verifier.verify(token) instanceof Verdict.Valid(Claims claims)
        ? end(claims.sessionId())
        : Optional.empty();
  }

  /**
   * Ends one session.
   *
   * @param id its 32 hex digits
   * @return the session that was ended; empty when there is none
   * @throws StoreException when the store cannot answer
   */
  public Optional<Session> end(String id) {
    Key key = new Key(Kind.SESSION, id);
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<Entry> entry = store.read(key);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      if (store.write(Change.delete(entry.get()))) {
        return Optional.of(session(id, entry.get().owner(), SessionRow.decode(entry.get().body())));
      }
    }
    throw StoreException.contended();
  }

  /**
   * Ends every session of a user.
   *
   * @throws StoreException when the store cannot answer
   */
  public void endAllOf(String user) {
    Epochs.next(store, Epochs.keyOf(user));
  }

  /**
   * Ends every session there is.
   *
   * @throws StoreException when the store cannot answer
   */
  public void endAll() {
    Epochs.next(store, Epochs.EVERYBODY);
  }

  /**
   * Whose token this was until a short while ago. It authorises nothing: what was typed may be kept
   * for this user until the next sign-in, no more. Nobody when the user's sessions were ended by
   * somebody else, or the user is disabled.
   *
   * @throws StoreException when the store cannot answer
   */
  public Optional<String> lastHolder(String token) {
    return verifier
        .lapsed(token, LAPSED)
        .filter(claims -> {
          String user = claims.subject();
          Map<Key, Entry> found = store.read(users.keys(user));
          return Epochs.of(found, user) == claims.epoch()
              && users.find(user, found).filter(UserEntry::enabled).isPresent();
        })
        .map(Claims::subject);
  }

  private Check check(Claims claims, Activity activity) {
    String user = claims.subject();
    Key key = new Key(Kind.SESSION, claims.sessionId());
    List<Key> keys = new ArrayList<>(users.keys(user));
    keys.add(key);
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Map<Key, Entry> found = store.read(keys);
      Entry entry = found.get(key);
      if (entry == null
          || !entry.owner().equals(user)
          || Epochs.of(found, user) != claims.epoch()) {
        return new Check.Refused(Refusal.SESS_REVOKED);
      }
      Optional<Check> decided = decide(claims, entry, found, activity);
      if (decided.isPresent()) {
        return decided.get();
      }
    }
    throw StoreException.contended();
  }

  /** Empty when somebody else changed the row meanwhile: read again, decide again. */
  private Optional<Check> decide(
      Claims claims, Entry entry, Map<Key, Entry> found, Activity activity) {
    SessionRow row = SessionRow.decode(entry.body());
    Instant now = clock.instant();
    if (!now.isBefore(end(row))) {
      return refuseAndDelete(entry, Refusal.SESS_EXPIRED);
    }
    Optional<UserEntry> user = users.find(claims.subject(), found);
    if (user.isEmpty() || !user.get().enabled() || !user.get().stamp().equals(row.stamp())) {
      return refuseAndDelete(entry, Refusal.SESS_REVOKED);
    }
    return switch (place(claims.sequence(), row, now)) {
      case UNKNOWN -> Optional.of(new Check.Refused(Refusal.SESS_REVOKED));
      case REPLACED ->
          store.write(Change.delete(entry))
              ? Optional.of(new Check.Stolen(session(claims.sessionId(), entry.owner(), row)))
              : Optional.empty();
      case NEWEST, CURRENT -> authorise(claims, entry, row, user.get(), activity, now);
    };
  }

  /** Where a token stands among those of its session. */
  private enum Place {
    NEWEST,
    CURRENT,
    REPLACED,
    UNKNOWN
  }

  private Place place(long sequence, SessionRow row, Instant now) {
    if (sequence > row.issued()) {
      // Signed by us, yet not in the row: the store was put back to an earlier state.
      return Place.UNKNOWN;
    }
    if (sequence == row.issued()) {
      return Place.NEWEST;
    }
    boolean inGrace = !now.isAfter(row.usedAt().plus(limits.grace()));
    return sequence == row.used() || (sequence == row.used() - 1 && inGrace)
        ? Place.CURRENT
        : Place.REPLACED;
  }

  private Optional<Check> authorise(
      Claims claims, Entry entry, SessionRow row, UserEntry user, Activity activity, Instant now) {
    SessionRow next = row;
    boolean newest = claims.sequence() == row.issued();
    if (newest && row.issued() > row.used()) {
      next = next.withSuccessorUsed(now);
    }
    boolean old = !claims.issuedAt().plus(limits.renewAfter()).isAfter(now);
    if (newest && old) {
      next = next.withSuccessor();
    }
    if (activity == Activity.BY_USER && !now.isBefore(row.activeAt().plus(limits.activityStep()))) {
      next = next.withActivity(now);
    }
    if (!next.equals(row) && !store.write(Change.replace(entry, expires(next), next.encode()))) {
      return Optional.empty();
    }
    Optional<String> fresh =
        newest && !old
            ? Optional.empty()
            : Optional.of(
                token(
                    claims.sessionId(),
                    claims.subject(),
                    next,
                    claims.epoch(),
                    now.truncatedTo(ChronoUnit.SECONDS)));
    SessionRow shown = activity == Activity.BY_USER ? next.withActivity(now) : next;
    return Optional.of(
        new Check.Authorised(session(claims.sessionId(), user.name(), shown), user, fresh));
  }

  private Optional<Check> refuseAndDelete(Entry entry, Refusal why) {
    return store.write(Change.delete(entry))
        ? Optional.of(new Check.Refused(why))
        : Optional.empty();
  }

  /** What has to go so that the user may have one session more. */
  private List<Change> placesFor(String user) {
    return store.list(Kind.SESSION, user, limits.perUser() + 1).stream()
        .skip(limits.perUser() - 1L)
        .map(Change::delete)
        .toList();
  }

  private String token(String id, String user, SessionRow row, long epoch, Instant now) {
    Instant latest = now.plus(row.idle()).plus(limits.renewAfter());
    return signer.sign(
        new Claims(
            signer.instance(),
            id,
            user,
            row.authenticatedAt(),
            row.method(),
            now,
            latest.isBefore(row.absoluteEnd()) ? latest : row.absoluteEnd(),
            row.absoluteEnd(),
            row.issued(),
            epoch));
  }

  private String freshId() {
    byte[] bytes = new byte[SESSION_ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Session session(String id, String user, SessionRow row) {
    return new Session(
        id,
        user,
        row.method(),
        row.authenticatedAt(),
        row.idle(),
        earlier(row.activeAt().plus(row.idle()), row.absoluteEnd()),
        row.absoluteEnd());
  }

  /** When the session is over: activity since the last one written down is given to the user. */
  private Instant end(SessionRow row) {
    return earlier(row.activeAt().plus(row.idle()).plus(limits.activityStep()), row.absoluteEnd());
  }

  /** The row outlives its session a little, so that the answer can still be "expired". */
  private Instant expires(SessionRow row) {
    return end(row).plus(limits.renewAfter());
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
