package org.hitc.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.session.signin.SignInProvider;
import org.hitc.session.signin.UserEntry;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;

/**
 * The provider, with a memory in the store when it has none of its own: one more key in the same
 * read as the session.
 */
final class Users {
  private final SignInProvider provider;

  Users(SignInProvider provider) {
    this.provider = provider;
  }

  /** What has to be read to know a user and the user's epoch. */
  List<Key> keys(String user) {
    List<Key> keys = new ArrayList<>(Epochs.keys(user));
    keys.add(Languages.key(user));
    if (provider.forgets()) {
      keys.add(key(user));
    }
    return keys;
  }

  /**
   * What is known about a user now; a language that the user has chosen goes before the provider's.
   *
   * @param found what stands in the store under {@link #keys}
   */
  Optional<UserEntry> find(String user, Map<Key, Entry> found) {
    Optional<UserEntry> kept =
        Optional.ofNullable(found.get(key(user))).flatMap(entry -> kept(user, entry));
    return provider
        .find(user, kept)
        .map(known -> Languages.of(found, user).map(known::withLanguage).orElse(known));
  }

  /** What another version kept, and this one cannot read, is as good as forgotten. */
  private static Optional<UserEntry> kept(String user, Entry entry) {
    try {
      return Optional.of(RecordCodec.decode(KeptUser.class, entry.body()).as(user));
    } catch (CodecException _) {
      return Optional.empty();
    }
  }

  /**
   * Keeps what was said at a sign-in, for as long as the session can last.
   *
   * @param found what stands in the store under {@link #keys}
   * @return nothing when there is nothing to keep
   */
  Optional<Change> keeping(UserEntry user, Map<Key, Entry> found, Instant until) {
    if (!provider.forgets()) {
      return Optional.empty();
    }
    Key key = key(user.name());
    byte[] body = RecordCodec.encode(KeptUser.of(user));
    Optional<Entry> was = Optional.ofNullable(found.get(key));
    return Optional.of(
        was.map(entry -> Change.replace(entry, later(entry.expires(), until), body))
            .orElseGet(() -> Change.create(key, user.name(), until, body)));
  }

  private static Key key(String user) {
    return new Key(Kind.USER, user);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
