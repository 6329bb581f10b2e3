package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.SignInScreen;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;

/**
 * Sign-ins between two screens, in the store: whichever node gets the answer can go on. Each has a
 * handle of 128 random bits that only the browser gets; the store has its hash.
 */
final class PendingSignIns {
  /** How long a screen may take. */
  static final Duration LIFE = Duration.ofMinutes(5);

  /** Screens after the first in one sign-in. */
  static final int MAX_SCREENS = 20;

  /** Sign-ins of one user between two screens; the oldest makes room. */
  static final int MAX_PER_USER = 5;

  private static final int HANDLE_BYTES = 16;

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random;

  PendingSignIns(Store store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /** One that was found. */
  record Found(Entry entry, PendingSignIn pending) {}

  /** The one with this handle, if its time is not over. */
  Optional<Found> find(String handle) {
    return store
        .read(key(handle))
        .flatMap(PendingSignIns::found)
        .filter(found -> clock.instant().isBefore(found.pending().until()));
  }

  /** What another version kept, and this one cannot read, begins anew. */
  private static Optional<Found> found(Entry entry) {
    try {
      return Optional.of(new Found(entry, RecordCodec.decode(PendingSignIn.class, entry.body())));
    } catch (CodecException _) {
      return Optional.empty();
    }
  }

  /**
   * Takes it, so that nobody else can.
   *
   * @return false when somebody else has
   */
  boolean take(Found found) {
    return store.write(Change.delete(found.entry()));
  }

  /**
   * Keeps one until its screen is answered.
   *
   * @return its handle
   */
  String keep(String user, String state, SignInScreen screen, String idle, int screens) {
    byte[] bytes = new byte[HANDLE_BYTES];
    random.nextBytes(bytes);
    String handle = HexFormat.of().formatHex(bytes);
    PendingSignIn pending =
        new PendingSignIn(user, state, screen, idle, screens, clock.instant().plus(LIFE));
    Change create = Change.create(key(handle), user, pending.until(), RecordCodec.encode(pending));
    // Whoever loses the race for a place leaves one too many for five minutes: no harm.
    if (!store.write(withPlace(user, create)) && !store.write(create)) {
      throw StoreException.contended();
    }
    return handle;
  }

  private List<Change> withPlace(String user, Change create) {
    List<Change> changes = new ArrayList<>();
    store.list(Kind.SIGN_IN, user, MAX_PER_USER * 2).stream()
        .skip(MAX_PER_USER - 1L)
        .map(Change::delete)
        .forEach(changes::add);
    changes.add(create);
    return changes;
  }

  private static Key key(String handle) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(handle.getBytes(US_ASCII));
      return new Key(Kind.SIGN_IN, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
