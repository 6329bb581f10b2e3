package org.hitc.listener.notice;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditException;
import org.hitc.listener.audit.AuditLog;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notices out of the store into the audit log: at the start, then once a second, which costs
 * one read of an index. A notice is removed when its record is on the disk, so none is lost; a
 * crash in between, or a second node, may record one twice.
 */
public final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final long EVERY_SECONDS = 1;
  private static final int AT_ONCE = 64;

  private final Store store;
  private final AuditLog audit;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Those that are not tried again; operators make few notices. */
  private final Set<String> stuck = new HashSet<>();

  private boolean failing;

  private Notices(Store store, AuditLog audit) {
    this.store = store;
    this.audit = audit;
  }

  /** Takes what is there, then goes on by itself. */
  public static Notices start(Store store, AuditLog audit) {
    Notices notices = new Notices(store, audit);
    notices.look();
    Thread.ofVirtual().name("notices").start(notices::run);
    return notices;
  }

  /** Takes what is there a last time. */
  @Override
  public void close() {
    closed.countDown();
    look();
  }

  private void run() {
    try {
      while (!closed.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look() {
    try {
      takeAll();
      failing = false;
    } catch (RuntimeException e) {
      // Whatever it is: this thread is the only one that looks, and looks again.
      if (!failing) {
        LOG.error("notices cannot be audited; they stay in the store", e);
      }
      failing = true;
    }
  }

  /** Takes all there are; one that cannot be taken keeps none behind it from that. */
  private void takeAll() {
    String after = "";
    List<Entry> left;
    do {
      left = store.scan(Kind.NOTICE, after, AT_ONCE);
      for (Entry entry : left) {
        after = entry.key().id();
        if (!stuck.contains(after)) {
          take(entry);
        }
      }
    } while (left.size() == AT_ONCE);
  }

  private void take(Entry entry) {
    try {
      audit.append(event(entry));
      store.write(Change.delete(entry));
    } catch (StoreException | AuditException e) {
      throw e;
    } catch (RuntimeException e) {
      stuck.add(entry.key().id());
      LOG.error("notice {} cannot be taken; the next start tries again", entry.key().id(), e);
    }
  }

  private static AuditEvent event(Entry entry) {
    String id = entry.key().id();
    try {
      Notice notice = Notice.decode(entry.body());
      return new AuditEvent.Administered(
          id, notice.done(), notice.by(), notice.what(), notice.subject());
    } catch (IOException e) {
      LOG.error("notice {} cannot be read", id, e);
      return new AuditEvent.Administered(
          id, java.time.Instant.EPOCH, "unknown", "unreadable", String.valueOf(e.getMessage()));
    }
  }
}
