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
import java.util.function.Function;
import org.hitc.channel.PageAddress;
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

  /** Most rows of ended sessions that one user leaves behind, beside those of the last sign-in. */
  private static final int MAX_ENDED = 10;

  /** How long a choice of language is remembered. */
  public static final Duration LANGUAGE_KEPT = Duration.ofDays(400);

  /** Tries of a compare-and-set; a race is lost only to somebody whose change is also ours. */
  private static final int MAX_TRIES = 16;

  private final Store store;
  private final Users users;
  private final TokenSigner signer;
  private final CachedVerifier verifier;
  private final SessionLimits limits;
  private final InstantSource clock;
  private final SecureRandom random;
  private final SessionRegistry registry;

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
    this.registry = new SessionRegistry(store, clock, limits.activityStep());
  }

  /** Which sessions there are. */
  public SessionRegistry registry() {
    return registry;
  }

  /**
   * Begins a session with a fresh id. When the user has {@link SessionLimits#perUser} already, the
   * one that would end first ends now.
   *
   * @param user as the provider accepted it
   * @param method how, such as {@code password}
   * @param idle the idle limit the user chose, cut to what {@link SessionLimits} allows
   * @param source address of the browser, at most 64 characters of printable ASCII; may be empty
   * @param grant of a launcher, kept with the session while it lives; at most 1,024 characters
   * @throws StoreException when the store cannot answer; there may be a session that nobody holds a
   *     token of
   */
  public SignedIn signIn(
      UserEntry user,
      String method,
      Optional<Duration> idle,
      String source,
      Optional<String> grant) {
    Instant begin = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String id = freshId();
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Map<Key, Entry> found = store.read(users.keys(user.name()));
      long epoch = Epochs.of(found, user.name());
      SessionRow row =
          SessionRow.begin(
              new SessionRow.Origin(method, user.stamp(), source, epoch, begin, grant),
              begin.plus(limits.absolute()),
              idle.map(limits::chosen).orElse(limits.idle()));
      Places places = placesFor(user.name(), epoch, begin);
      List<Change> changes = new ArrayList<>(places.changes());
      users
          .keeping(user, found, row.absoluteEnd().plus(SessionRegistry.REMEMBERED))
          .ifPresent(changes::add);
      changes.add(
          Change.create(new Key(Kind.SESSION, id), user.name(), expires(row), row.encode()));
      if (store.write(changes)) {
        return new SignedIn(
            token(id, user.name(), row, epoch, begin),
            Session.of(id, user.name(), row, begin),
            places.ended());
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
      case Verdict.Refused(Refusal why) -> refused(why);
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
        ? registry.end(claims.sessionId(), Ending.SIGNED_OUT, List.of())
        : Optional.empty();
  }

  /**
   * The session of a token that ended a short while ago. Nothing when it is none, when the session
   * lives, or when its user is disabled. Only when it ended by its time, something is kept: whoever
   * ended it, or had it ended, may have done so because somebody else holds the token.
   *
   * @throws StoreException when the store cannot answer
   */
  public Optional<Lapsed> lapsed(String token) {
    return verifier.lapsed(token, SessionRegistry.REMEMBERED).flatMap(this::lapsed);
  }

  private Optional<Lapsed> lapsed(Claims claims) {
    String name = claims.subject();
    Key key = new Key(Kind.SESSION, claims.sessionId());
    List<Key> keys = new ArrayList<>(users.keys(name));
    keys.add(key);
    Map<Key, Entry> found = store.read(keys);
    Optional<Entry> entry =
        Optional.ofNullable(found.get(key))
            .filter(e -> e.owner().equals(name) && clock.instant().isBefore(e.expires()));
    Optional<UserEntry> user = users.find(name, found).filter(UserEntry::enabled);
    if (entry.isEmpty() || user.isEmpty()) {
      return Optional.empty();
    }
    SessionRow row = SessionRow.decode(entry.get().body());
    Instant until = entry.get().expires();
    if (Epochs.of(found, name) != claims.epoch()) {
      return Optional.of(
          new Lapsed(
              claims.sessionId(),
              user.get(),
              Ending.ADMINISTRATOR,
              Epochs.begin(found, name),
              row.idle(),
              false,
              List.of(),
              until));
    }
    Optional<SessionRow.Over> over =
        row.over()
            .or(() ->
                clock.instant().isBefore(end(row)) ? Optional.empty() : Optional.of(row.timeout()));
    return over.map(how ->
        new Lapsed(
            claims.sessionId(),
            user.get(),
            how.why(),
            Optional.of(how.at()),
            row.idle(),
            how.why().isByTime() && row.hasRoom(),
            how.why().isByTime() ? row.kept() : List.of(),
            until));
  }

  /**
   * Remembers the language that a user has chosen, for all sessions of this user, for {@link
   * #LANGUAGE_KEPT}.
   *
   * @param tag BCP 47 tag, at most 16 characters
   * @throws StoreException when the store cannot answer
   */
  public void speak(String user, String tag) {
    Instant until = clock.instant().plus(LANGUAGE_KEPT);
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (store.write(Languages.chosen(store.read(Languages.key(user)), user, tag, until))) {
        return;
      }
    }
    throw StoreException.contended();
  }

  /**
   * Remembers with a session that has ended that something is kept on this page; a page twice is
   * remembered once.
   *
   * @return false when {@link SessionRow#MAX_KEPT} others are kept already, or the session is
   *     forgotten: the page is not remembered
   * @throws StoreException when the store cannot answer
   */
  public boolean keep(Lapsed session, PageAddress page) {
    return change(session, row -> row.keeping(page));
  }

  /**
   * Remembers no page any more with a session that has ended.
   *
   * @throws StoreException when the store cannot answer
   */
  public void keepNothing(Lapsed session) {
    change(session, row -> Optional.of(row.keepingNothing()));
  }

  /**
   * A row that has gone meanwhile is past its time.
   *
   * @param by gives nothing when the row is to stay as it is
   * @return false when nothing was changed
   */
  private boolean change(Lapsed session, Function<SessionRow, Optional<SessionRow>> by) {
    Key key = new Key(Kind.SESSION, session.id());
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<Entry> entry = store.read(key);
      Optional<SessionRow> next = entry.map(e -> SessionRow.decode(e.body())).flatMap(by);
      if (entry.isEmpty() || next.isEmpty()) {
        return false;
      }
      if (store.write(Change.replace(entry.get(), entry.get().expires(), next.get().encode()))) {
        return true;
      }
    }
    throw StoreException.contended();
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
        return refused(Refusal.SESS_REVOKED);
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
    if (row.over().isPresent()) {
      boolean timeout = row.over().get().why().isByTime();
      return Optional.of(refused(timeout ? Refusal.SESS_EXPIRED : Refusal.SESS_REVOKED));
    }
    if (!now.isBefore(end(row))) {
      Session ended = Session.of(claims.sessionId(), entry.owner(), row, now);
      return refuseAndEnd(
          entry, new Check.Refused(Refusal.SESS_EXPIRED, Optional.of(ended)), row.timeout());
    }
    Optional<UserEntry> user = users.find(claims.subject(), found);
    if (user.isEmpty() || !user.get().enabled() || !user.get().stamp().equals(row.stamp())) {
      Session ended = Session.of(claims.sessionId(), entry.owner(), row, now);
      return refuseAndEnd(
          entry,
          new Check.Refused(Refusal.SESS_REVOKED, Optional.of(ended)),
          new SessionRow.Over(Ending.CREDENTIALS, now));
    }
    return switch (place(claims.sequence(), row, now)) {
      case UNKNOWN -> Optional.of(refused(Refusal.SESS_REVOKED));
      case REPLACED ->
          store.write(SessionRegistry.ended(entry, new SessionRow.Over(Ending.STOLEN, now)))
              ? Optional.of(
                  new Check.Stolen(Session.of(claims.sessionId(), entry.owner(), row, now)))
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
        new Check.Authorised(Session.of(claims.sessionId(), user.name(), shown, now), user, fresh));
  }

  private static Check.Refused refused(Refusal why) {
    return new Check.Refused(why, Optional.empty());
  }

  private Optional<Check> refuseAndEnd(Entry entry, Check.Refused refused, SessionRow.Over how) {
    return store.write(SessionRegistry.ended(entry, how)) ? Optional.of(refused) : Optional.empty();
  }

  /**
   * What has to go so that the user may have one session more.
   *
   * @param ended the sessions that the changes end
   */
  private record Places(List<Change> changes, List<Session> ended) {}

  private Places placesFor(String user, long epoch, Instant now) {
    List<Change> changes = new ArrayList<>();
    List<Session> pushedOut = new ArrayList<>();
    int living = 0;
    int ended = 0;
    // Those that live the longest come first, those that ended the earliest last.
    for (Entry entry : store.list(Kind.SESSION, user, SessionRegistry.ROWS_PER_USER)) {
      // Two more come with them: what is known of the user, and the new session.
      if (changes.size() == Store.MAX_BATCH - 2) {
        break;
      }
      Optional<Session> live = registry.live(entry, epoch, now);
      if (live.isEmpty()) {
        if (++ended > MAX_ENDED) {
          changes.add(Change.delete(entry));
        }
      } else if (++living >= limits.perUser()) {
        changes.add(SessionRegistry.ended(entry, new SessionRow.Over(Ending.TOO_MANY, now)));
        pushedOut.add(live.get());
      }
    }
    return new Places(changes, pushedOut);
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

  private Instant end(SessionRow row) {
    return row.end(limits.activityStep());
  }

  /** The row outlives its session, so that its token can still be told why it counts no more. */
  private Instant expires(SessionRow row) {
    return end(row).plus(SessionRegistry.REMEMBERED);
  }
}
