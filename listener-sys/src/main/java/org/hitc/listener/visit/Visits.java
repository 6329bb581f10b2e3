package org.hitc.listener.visit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;

/** Visits and pages in the store. */
public final class Visits {
  /** Longest page, in bytes: several may be read at once, and each takes some times that memory. */
  static final int MAX_PAGE = 1 << 20;

  private static final int ID_BYTES = 16;

  private final Store store;
  private final SecureRandom random;
  private final Duration life;
  private final KeepingQuota quota;

  /**
   * @param life how long a page can be found after it was made
   */
  public Visits(Store store, SecureRandom random, Duration life, KeepingQuota quota) {
    this.store = store;
    this.random = random;
    this.life = life;
    this.quota = quota;
  }

  /** True when this user may have one more page kept. */
  public boolean hasRoom(String user) {
    return quota.hasRoom(user);
  }

  /** What a look-up found. */
  public sealed interface Found {
    /** The page, and its user is the one who asks. */
    record Page(StoredPage page) implements Found {}

    /** Nothing to show to this user. */
    record Refused(Refusal why, String detail) implements Found {}
  }

  /** A fresh id or handle: 128 random bits as 32 lower-case hex digits. */
  public String freshId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The page at this address, for this user. */
  public Found find(String user, PageAddress address) {
    Key visitKey = visit(address);
    Key pageKey = page(address);
    Map<Key, Entry> entries = store.read(List.of(visitKey, pageKey));
    Optional<Entry> visit = Optional.ofNullable(entries.get(visitKey));
    if (visit.isEmpty()) {
      return new Found.Refused(Refusal.WF_PAGE, "no such visit");
    }
    if (!visit.get().owner().equals(user)) {
      return new Found.Refused(
          Refusal.SESS_MISMATCH, "the visit belongs to " + visit.get().owner());
    }
    try {
      StoredVisit stored = RecordCodec.decode(StoredVisit.class, visit.get().body());
      if (!stored.workflow().equals(address.workflow())) {
        return new Found.Refused(Refusal.WF_PAGE, "the visit is one of " + stored.workflow());
      }
      return Optional.ofNullable(entries.get(pageKey))
          .<Found>map(e -> new Found.Page(RecordCodec.decode(StoredPage.class, e.body())))
          .orElseGet(() -> new Found.Refused(Refusal.WF_PAGE, "the visit has no such page"));
    } catch (CodecException _) {
      return new Found.Refused(Refusal.WF_CONFIG, "the page was kept by another version");
    }
  }

  /**
   * The change that keeps a page of a visit beside another one.
   *
   * @return nothing when the page is too large to be kept
   */
  public Optional<Change> aside(String user, PageAddress address, StoredPage page) {
    byte[] body = RecordCodec.encode(page);
    if (body.length > MAX_PAGE) {
      return Optional.empty();
    }
    quota.take(user, body.length);
    return Optional.of(Change.create(page(address), address.visit(), page.made().plus(life), body));
  }

  /**
   * The changes that keep a new page.
   *
   * @param begins true for the first page of a visit
   * @return nothing when the page is too large to be kept
   */
  public Optional<List<Change>> changes(
      String user, PageAddress address, boolean begins, StoredPage page) {
    byte[] body = RecordCodec.encode(page);
    if (body.length > MAX_PAGE) {
      return Optional.empty();
    }
    quota.take(user, body.length);
    Instant expires = page.made().plus(life);
    List<Change> changes = new ArrayList<>();
    if (begins) {
      StoredVisit visit = new StoredVisit(address.workflow(), page.made());
      changes.add(Change.create(visit(address), user, expires, RecordCodec.encode(visit)));
    }
    changes.add(Change.create(page(address), address.visit(), expires, body));
    return Optional.of(changes);
  }

  /**
   * Keeps a new page, together with other changes of the same request, in one transaction.
   *
   * @param begins true for the first page of a visit
   * @param also other changes that belong to it, such as the job's outcome
   * @return false when the page is too large to be kept; then nothing was written
   * @throws org.hitc.session.store.StoreException when the store cannot answer
   */
  public boolean keep(
      String user, PageAddress address, boolean begins, StoredPage page, List<Change> also) {
    Optional<List<Change>> kept = changes(user, address, begins, page);
    if (kept.isEmpty()) {
      return false;
    }
    List<Change> changes = new ArrayList<>(also);
    changes.addAll(kept.get());
    if (!store.write(changes)) {
      throw new IllegalStateException("a page, a visit or a job with a fresh id exists already");
    }
    return true;
  }

  /**
   * Keeps a page whose id tells what stands on it; one that is there already stays.
   *
   * @return false when the page is too large to be kept
   * @throws org.hitc.session.store.StoreException when the store cannot answer
   */
  public boolean keepOnce(String user, PageAddress address, StoredPage page) {
    if (find(user, address) instanceof Found.Page) {
      return true;
    }
    // Whoever loses the race has sent the same.
    return changes(user, address, false, page)
        .filter(changes -> store.write(changes) || find(user, address) instanceof Found.Page)
        .isPresent();
  }

  /** Until when the page at this address can be found; nothing when it is none of this user's. */
  public Optional<Instant> until(String user, PageAddress address) {
    return find(user, address) instanceof Found.Page(StoredPage page)
        ? Optional.of(page.made().plus(life))
        : Optional.empty();
  }

  /** Removes the page at this address, if it is this user's. */
  public void remove(String user, PageAddress address) {
    if (find(user, address) instanceof Found.Page) {
      // A page is written once, so it is still as it was found, or gone.
      store.read(page(address)).ifPresent(entry -> store.write(Change.delete(entry)));
    }
  }

  /**
   * The entry that says that what a confirm of a visit asks for has been taken. Made once by {@link
   * #taken}, found by {@link #taker}, and given back by {@link Change#delete} when nothing was
   * changed after all.
   *
   * @param confirm name of the confirm's step
   */
  public Entry mark(String user, PageAddress address, String confirm, WriteMark mark) {
    return new Entry(
        mark(address, confirm), 1, user, mark.at().plus(life), RecordCodec.encode(mark));
  }

  /** The change that takes the writing step; it does not hold when somebody has taken it. */
  public static Change taken(Entry mark) {
    return Change.create(mark.key(), mark.owner(), mark.expires(), mark.body());
  }

  /** Who took what this confirm of the visit asks for, if anybody did. */
  public Optional<WriteMark> taker(String user, PageAddress address, String confirm) {
    return store
        .read(mark(address, confirm))
        .filter(entry -> entry.owner().equals(user))
        .map(entry -> RecordCodec.decode(WriteMark.class, entry.body()));
  }

  private static Key mark(PageAddress address, String confirm) {
    return new Key(Kind.VISIT, address.visit() + ".write." + confirm);
  }

  private static Key visit(PageAddress address) {
    return new Key(Kind.VISIT, address.visit());
  }

  private static Key page(PageAddress address) {
    return new Key(Kind.PAGE, address.visit() + "." + address.page());
  }
}
