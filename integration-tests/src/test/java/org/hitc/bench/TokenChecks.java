package org.hitc.bench;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hitc.session.Activity;
import org.hitc.session.Check;
import org.hitc.session.SessionLimits;
import org.hitc.session.Sessions;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.sign.TokenSigner;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInProvider;
import org.hitc.session.signin.UserEntry;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Migration;
import org.hitc.session.store.SqliteStore;
import org.hitc.session.store.Store;
import org.hitc.session.token.CachedVerifier;
import org.hitc.session.token.PublicKeys;
import org.hitc.session.token.TokenVerifier;

/** Checks of tokens as the listener makes them, on an embedded store with many sessions. */
final class TokenChecks implements AutoCloseable {
  private static final String INSTANCE = "bench";
  private static final int VERIFIED = 10_000;
  private static final int FILLERS = 8;

  private final Store store;
  private final Sessions sessions;
  private final List<String> tokens;
  private final Random random = new Random(1);

  private TokenChecks(Store store, Sessions sessions, List<String> tokens) {
    this.store = store;
    this.sessions = sessions;
    this.tokens = List.copyOf(tokens);
  }

  /** Everybody is known, so that only tokens and the store are measured. */
  private record Everybody() implements SignInProvider {
    @Override
    public SignInAnswer signIn(String user, String password) {
      throw new UnsupportedOperationException("nobody types a password here");
    }

    @Override
    public SignInAnswer answer(String user, String state, Map<String, String> answers) {
      throw new UnsupportedOperationException("there is one screen");
    }

    @Override
    public boolean forgets() {
      return false;
    }

    @Override
    public Optional<UserEntry> find(String user, Optional<UserEntry> kept) {
      return Optional.of(
          new UserEntry(
              user, user, Optional.empty(), Set.of("fis_user"), true, "0123456789abcdef"));
    }
  }

  /**
   * Makes a store.
   *
   * @param signedIn sessions whose tokens are checked, each of another user
   * @param others further sessions
   */
  static TokenChecks prepare(Path file, int signedIn, int others) throws Exception {
    Migration.sqlite(file, "main");
    Store store = SqliteStore.open(file);
    SecureRandom random = new SecureRandom();
    SigningKey key = SigningKey.create(random);
    Sessions sessions =
        new Sessions(
            store,
            new Everybody(),
            new TokenSigner(INSTANCE, key),
            new CachedVerifier(
                new TokenVerifier(
                    INSTANCE, PublicKeys.of(Set.of(key.publicKey())), InstantSource.system()),
                VERIFIED),
            SessionLimits.DEFAULT,
            InstantSource.system(),
            random);
    Everybody everybody = new Everybody();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < signedIn; i++) {
      UserEntry user = everybody.find("u" + i, Optional.empty()).orElseThrow();
      tokens.add(
          sessions
              .signIn(user, "password", Optional.empty(), "192.0.2.1", Optional.empty())
              .token());
    }
    fill(store, others);
    return new TokenChecks(store, sessions, tokens);
  }

  /** As those that are there, under random ids and of other users. */
  private static void fill(Store store, int others) throws Exception {
    Entry like = store.list(Kind.SESSION, "u0", 1).getFirst();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int filler = 0; filler < FILLERS; filler++) {
        int from = filler;
        all.add(
            threads.submit(() -> {
              for (int i = from * Store.MAX_BATCH; i < others; i += FILLERS * Store.MAX_BATCH) {
                store.write(batch(like, i, Math.min(i + Store.MAX_BATCH, others)));
              }
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static List<Change> batch(Entry like, int from, int to) {
    SecureRandom random = new SecureRandom();
    List<Change> changes = new ArrayList<>();
    for (int i = from; i < to; i++) {
      byte[] id = new byte[16];
      random.nextBytes(id);
      Key key = new Key(Kind.SESSION, HexFormat.of().formatHex(id));
      changes.add(Change.create(key, "other" + i, like.expires().plusMillis(i), like.body()));
    }
    return changes;
  }

  /** Checks the token of one of those who are signed in. */
  void one() {
    String token = tokens.get(random.nextInt(tokens.size()));
    if (!(sessions.check(token, Activity.AUTOMATIC) instanceof Check.Authorised)) {
      throw new IllegalStateException("a token that is good was refused");
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
