package org.hitc.session.token;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The public keys of a folder as they are now, without a thread that watches it: the folder is read
 * again when it is asked and was last read {@value #EVERY_SECONDS} s ago, or a second ago and the
 * key is not known. A folder that cannot be read leaves what was known, and says so. Safe for
 * threads.
 */
public final class WatchedKeys implements BelievedKeys {
  static final int EVERY_SECONDS = 10;
  private static final long EVERY = Duration.ofSeconds(EVERY_SECONDS).toNanos();
  private static final long AT_MOST = Duration.ofSeconds(1).toNanos();

  private final Path folder;
  private final LongSupplier nanoTime;
  private final Consumer<String> trouble;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile PublicKeys keys;
  private volatile long looked;
  private String told = "";

  private WatchedKeys(
      Path folder, LongSupplier nanoTime, Consumer<String> trouble, PublicKeys keys) {
    this.folder = folder;
    this.nanoTime = nanoTime;
    this.trouble = trouble;
    this.keys = keys;
    this.looked = nanoTime.getAsLong();
  }

  /**
   * Reads the folder for the first time.
   *
   * @param nanoTime as {@link System#nanoTime}
   * @param trouble is told why the folder could not be read again, once for each reason
   * @throws IOException as {@link PublicKeys#load}
   */
  public static WatchedKeys open(Path folder, LongSupplier nanoTime, Consumer<String> trouble)
      throws IOException {
    return new WatchedKeys(folder, nanoTime, trouble, PublicKeys.load(folder));
  }

  @Override
  public Optional<PublicKey> find(String id, Instant now) {
    if (isPast(EVERY)) {
      look(EVERY);
    }
    Optional<PublicKey> key = keys.find(id, now);
    if (key.isPresent()) {
      return key;
    }
    look(AT_MOST);
    return keys.find(id, now);
  }

  private boolean isPast(long time) {
    return nanoTime.getAsLong() - looked >= time;
  }

  /** Whoever comes while it is read waits for it: the key may be the new one. */
  private void look(long notWithin) {
    looking.lock();
    try {
      if (isPast(notWithin)) {
        looked = nanoTime.getAsLong();
        keys = PublicKeys.load(folder);
        told = "";
      }
    } catch (IOException e) {
      String reason = e.toString();
      if (!reason.equals(told)) {
        told = reason;
        trouble.accept(reason);
      }
    } finally {
      looking.unlock();
    }
  }
}
