package org.hitc.listener.grant;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells launchers which grants have ended. What this node's launcher cannot be told lies in the
 * store until it has been; so does what the launchers of other nodes have to be told, each by the
 * listener of its node. Nothing here keeps a session from ending: whatever fails is tried again.
 * Safe for use by many threads.
 */
public final class Revocations {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

  /** No grant is good for longer: a session ends after that in any case. */
  private static final Duration KEPT = Duration.ofDays(7);

  private static final int ID_BYTES = 16;
  private static final int MAX_NODES = 100;

  private final Optional<Grants> launcher;
  private final Store store;
  private final String node;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Told told;

  /**
   * @param launcher of this node; without one there are no grants here
   * @param node name of this node
   * @param told who has to know what became of a revocation
   */
  public Revocations(
      Optional<Grants> launcher,
      Store store,
      String node,
      InstantSource clock,
      SecureRandom random,
      Told told) {
    this.launcher = launcher;
    this.store = store;
    this.node = node;
    this.clock = clock;
    this.random = random;
    this.told = told;
  }

  /** Who has to know what became of a revocation. */
  public interface Told {
    /**
     * The launcher could not be told, for now.
     *
     * @param subject such as {@code session 5e55 of anna}
     */
    void owed(String subject, String why);

    /** The launcher has been told after all. */
    void late(String subject);
  }

  /**
   * What the store keeps.
   *
   * @param subject for the audit log
   */
  public record Owed(String subject, Revocation which) {}

  /**
   * Ends grants; it has been said, or will be.
   *
   * @param subject what they are of, for the audit log, such as {@code session 5e55 of anna}
   */
  public void end(Revocation which, String subject) {
    if (launcher.isEmpty()) {
      return;
    }
    Owed owed = new Owed(subject, which);
    try {
      launcher.get().revoke(which);
    } catch (IOException e) {
      LOG.error("the launcher cannot be told of the end of {}: {}", subject, e.getMessage());
      told.owed(subject, String.valueOf(e.getMessage()));
      leave(owed, node);
    }
    leaveToOthers(owed);
  }

  /** A session's row does not say whose launcher gave its grant. */
  private void leaveToOthers(Owed owed) {
    try {
      store.scan(Kind.NODE, "", MAX_NODES).stream()
          .map(taken -> taken.key().id())
          .filter(name -> !name.equals(node))
          .forEach(name -> leave(owed, name));
    } catch (StoreException e) {
      LOG.error("other nodes cannot be told of the end of {}: {}", owed.subject(), e.getMessage());
    }
  }

  private void leave(Owed owed, String whose) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Key key = new Key(Kind.REVOCATION, HexFormat.of().formatHex(id));
    try {
      store.write(Change.create(key, whose, clock.instant().plus(KEPT), RecordCodec.encode(owed)));
    } catch (StoreException e) {
      LOG.error("the end of {} is told to no launcher: {}", owed.subject(), e.getMessage());
    }
  }

  /**
   * Tells what is owed; to be called again and again. Costs one read of an index when nothing is.
   *
   * @throws StoreException when the store cannot answer
   */
  public void settle() {
    if (launcher.isEmpty()) {
      return;
    }
    List<Entry> owed = store.list(Kind.REVOCATION, node, Store.MAX_LIST);
    for (Entry entry : owed) {
      try {
        Owed what = RecordCodec.decode(Owed.class, entry.body());
        launcher.get().revoke(what.which());
        told.late(what.subject());
        store.write(Change.delete(entry));
      } catch (CodecException e) {
        LOG.error("a revocation that another version left cannot be read", e);
        store.write(Change.delete(entry));
      } catch (IOException e) {
        LOG.warn("{} revocations are owed to the launcher: {}", owed.size(), e.getMessage());
        return;
      }
    }
  }
}
