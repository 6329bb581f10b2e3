package org.hitc.listener.keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.store.StoreException;
import org.hitc.session.token.BelievedKeys;
import org.hitc.session.token.PublicKey;
import org.hitc.session.token.PublicKeyFile;
import org.hitc.session.token.PublicKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of this node as they are now: read again when a file of theirs has changed, or when told
 * to. A folder that is not as it must be leaves the keys that were, and says so loudly.
 */
public final class LiveKeys implements BelievedKeys, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveKeys.class);
  private static final long LOOK_MILLIS = 1_000;

  private final Path state;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Semaphore asked = new Semaphore(0);
  private volatile Now now;
  private volatile boolean closed;

  /** What holds now; replaced as a whole. */
  private record Now(SigningKey signing, SigningKey sealing, PublicKeys believed) {
    Optional<PublicKey> find(String id, Instant when) {
      // Whatever its file says: what is signed now must be good now.
      return signing.publicKey().id().equals(id)
          ? Optional.of(signing.publicKey())
          : believed.find(id, when);
    }
  }

  private LiveKeys(Path state, AuditLog audit, InstantSource clock, SecureRandom random, Now now) {
    this.state = state;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.now = now;
  }

  /**
   * Reads the keys for the first time. A signing key of an earlier version is taken over; a key for
   * checkpoints is made when there is none.
   *
   * @throws IOException when there is no signing key, or a file is not as it must be
   */
  public static LiveKeys open(Path state, AuditLog audit, InstantSource clock, SecureRandom random)
      throws IOException {
    try (KeyFolder folder = KeyFolder.open(state, Optional.empty(), random)) {
      if (!folder.isReady()) {
        throw new IOException("there is no key that signs sessions; make one: hitc keys init");
      }
      folder.ensureAuditKey(clock.instant());
    }
    LiveKeys keys = new LiveKeys(state, audit, clock, random, read(state));
    audit.append(keys.event("start"));
    return keys;
  }

  /**
   * Begins to look at the files.
   *
   * @param endAllSessions what an emergency asks for
   */
  public void watch(Runnable endAllSessions) {
    Thread.ofVirtual().name("keys").start(() -> look(endAllSessions));
  }

  /** Reads everything again soon, whether a file has changed or not. */
  public void reload() {
    asked.release();
  }

  /** The key that signs tokens. */
  public SigningKey signing() {
    return now.signing();
  }

  /** The key that seals checkpoints of the audit log. */
  public SigningKey sealing() {
    return now.sealing();
  }

  @Override
  public Optional<PublicKey> find(String id, Instant when) {
    return now.find(id, when);
  }

  @Override
  public void close() {
    closed = true;
    asked.release();
  }

  private void look(Runnable endAllSessions) {
    String seen = "";
    String trouble = "";
    while (!closed) {
      try {
        String found = fingerprint(state);
        if (!found.equals(seen)) {
          change(endAllSessions);
          seen = found;
          trouble = "";
        }
        if (asked.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          asked.drainPermits();
          seen = "";
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException | RuntimeException e) {
        String found = e + " " + e.getCause();
        if (!found.equals(trouble)) {
          trouble = found;
          LOG.error("{}; it is tried again", e.getMessage(), e);
        }
        pause();
      }
    }
  }

  /**
   * Sessions that are to end do so whether the keys can be read or not, and the other way round.
   */
  private void change(Runnable endAllSessions) throws IOException {
    try {
      endSessions(endAllSessions);
    } finally {
      readAgain();
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private void readAgain() throws IOException {
    Now before = now;
    Now read;
    try {
      read = read(state);
    } catch (IOException | RuntimeException e) {
      throw new IOException("the keys cannot be read; those from before still hold", e);
    }
    List<String> changes = changes(before, read);
    if (!changes.isEmpty()) {
      now = read;
      // In this order: whoever looks for the key of a checkpoint finds the record in front of it.
      audit.record(event(String.join(", ", changes)));
      LOG.info("keys were read again; {}", String.join(", ", changes));
    }
  }

  /** As often as needed: sessions that were to end must not live on because a store was down. */
  private void endSessions(Runnable endAllSessions) throws IOException {
    if (!KeyFolder.isEndingSessions(state)) {
      return;
    }
    try (KeyFolder folder = KeyFolder.open(state, Optional.empty(), random)) {
      endAllSessions.run();
      folder.sessionsEnded();
    } catch (StoreException e) {
      throw new IOException("the sessions cannot be ended", e);
    }
    audit.record(event("every session was ended"));
    LOG.warn("every session was ended, as an emergency rotation of keys asks");
  }

  private AuditEvent event(String change) {
    Now held = now;
    Instant when = clock.instant();
    return new AuditEvent.KeysInForce(
        held.signing().publicKey().id(),
        held.sealing().publicKey().id(),
        held.believed().files().stream()
            .filter(file -> file.isBelieved(when))
            .map(LiveKeys::words)
            .toList(),
        change);
  }

  private static String words(PublicKeyFile file) {
    return file.key().id()
        + file.node().map(node -> " of " + node).orElse("")
        + file.until().map(until -> " until " + until).orElse("");
  }

  private static List<String> changes(Now before, Now after) {
    List<String> changes = new ArrayList<>();
    if (!id(before.signing()).equals(id(after.signing()))) {
      changes.add("signs " + id(after.signing()));
    }
    if (!id(before.sealing()).equals(id(after.sealing()))) {
      changes.add("seals " + id(after.sealing()));
    }
    List<String> were = before.believed().files().stream().map(LiveKeys::words).toList();
    List<String> are = after.believed().files().stream().map(LiveKeys::words).toList();
    are.stream().filter(key -> !were.contains(key)).forEach(key -> changes.add("believed " + key));
    were.stream().filter(key -> !are.contains(key)).forEach(key -> changes.add("no more " + key));
    return changes;
  }

  private static String id(SigningKey key) {
    return key.publicKey().id();
  }

  private static Now read(Path state) throws IOException {
    Path folder = KeyNames.folder(state);
    return new Now(
        SigningKey.load(folder.resolve(KeyNames.SIGNING)),
        SigningKey.load(folder.resolve(KeyNames.AUDIT)),
        PublicKeys.load(folder));
  }

  /** Names, inodes, times and sizes: another text means that a file has changed. */
  private static String fingerprint(Path state) throws IOException {
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(KeyNames.folder(state))) {
      for (Path file : all) {
        files.add(
            file.getFileName()
                + " "
                + Files.readAttributes(file, "unix:ino,ctime,size", LinkOption.NOFOLLOW_LINKS));
      }
    }
    files.sort(null);
    return String.join("\n", files);
  }
}
