package org.hitc.listener.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * Jobs in the store: a record for each, and a mark beside it while it runs, by which a later start
 * finds what was interrupted. An outcome that the store would not take is kept in memory and given
 * to it again by {@link #settleUnsettled}; until then it is what is found.
 */
final class JobRecords {
  private static final Logger LOG = LoggerFactory.getLogger(JobRecords.class);

  /** Before the node's name: owner of the marks of its running jobs. No user's name has one. */
  private static final String RUNNING_ON = "*";

  /** Before the node's name: owner of the wishes that some of them be cancelled. */
  private static final String WISHES_FOR = "!";

  private static final String MARK = "running.";
  private static final String WISH = "cancel.";

  /** A wish that nobody picks up is of a node that does not run. */
  private static final Duration WISH_LIFE = Duration.ofMinutes(10);

  private final Store store;
  private final String node;
  private final InstantSource clock;
  private final Duration keep;
  private final Duration pause;
  private final Map<String, JobRecord> unsettled = new ConcurrentHashMap<>();

  /**
   * @param node whose running jobs these are
   * @param keep how long a record can be found after its job has ended
   * @param pause between the first and the second try to store an outcome
   */
  JobRecords(Store store, String node, InstantSource clock, Duration keep, Duration pause) {
    this.store = store;
    this.node = node;
    this.clock = clock;
    this.keep = keep;
    this.pause = pause;
  }

  /** What became of a new record. */
  enum Acceptance {
    STORED,
    /** A change that belongs to it did not hold; nothing was stored. */
    CONFLICT,
    /** There is a job with this reference; nothing was stored. */
    TAKEN
  }

  /**
   * A record as it was found.
   *
   * @param elsewhere the other node that runs the job
   */
  record Found(String reference, JobRecord record, Optional<String> elsewhere) {}

  /**
   * Stores a new job with what belongs to it.
   *
   * @throws StoreException when the store cannot answer; the job must not run then, and if the
   *     store took it nevertheless it is settled as {@code refused}
   */
  Acceptance accept(
      String reference, String user, JobRecord begun, List<Change> with, JobRecord refused) {
    Entry mark = mark(reference);
    List<Change> changes = new ArrayList<>(with);
    changes.add(Change.create(key(reference), user, Entry.NEVER, RecordCodec.encode(begun)));
    changes.add(Change.create(mark.key(), mark.owner(), mark.expires(), mark.body()));
    try {
      if (store.write(changes)) {
        return Acceptance.STORED;
      }
      return isTaken(reference) ? Acceptance.TAKEN : Acceptance.CONFLICT;
    } catch (StoreException e) {
      unsettled.put(reference, refused);
      throw e;
    }
  }

  boolean isTaken(String reference) {
    return store.read(key(reference)).isPresent();
  }

  /**
   * Stores how a job ended, with what belongs to it; when that does not hold or cannot be stored,
   * the outcome alone; and when the store does not answer at all, keeps it for later.
   *
   * @param alone how it ended when what belongs to it could not be stored
   * @return how it ended
   */
  JobRecord end(
      String reference, String user, JobRecord ended, List<Change> also, JobRecord alone) {
    try {
      List<Change> changes = new ArrayList<>(outcome(reference, user, ended));
      changes.addAll(also);
      if (write(changes)) {
        return ended;
      }
      // A write that did not answer in time may have been made nevertheless.
      Optional<JobRecord> stored =
          read(reference).map(Found::record).filter(r -> r.ended().isPresent());
      return stored.isPresent() ? stored.get() : alone(reference, user, alone);
    } catch (RuntimeException e) {
      LOG.error("how job {} ended could not be stored with its page", reference, e);
      return alone(reference, user, alone);
    }
  }

  private JobRecord alone(String reference, String user, JobRecord alone) {
    try {
      if (store.write(outcome(reference, user, alone))) {
        return alone;
      }
    } catch (RuntimeException e) {
      LOG.error("how job {} ended is kept in memory for now: {}", reference, e.getMessage());
    }
    unsettled.put(reference, alone);
    return alone;
  }

  /** Once more after a pause, when the store does not answer. */
  private boolean write(List<Change> changes) {
    try {
      return store.write(changes);
    } catch (StoreException e) {
      LOG.warn("the store did not answer, once more: {}", e.getMessage());
      pause();
      return store.write(changes);
    }
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Change> outcome(String reference, String user, JobRecord ended) {
    Entry running = new Entry(key(reference), 1, user, Entry.NEVER, new byte[0]);
    return List.of(
        Change.replace(running, clock.instant().plus(keep), RecordCodec.encode(ended)),
        Change.delete(mark(reference)));
  }

  /** The job of this user with this reference. */
  Optional<Found> find(String user, String reference) {
    Key mark = mark(reference).key();
    Map<Key, Entry> entries = store.read(List.of(key(reference), mark));
    return Optional.ofNullable(entries.get(key(reference)))
        .filter(entry -> entry.owner().equals(user))
        .flatMap(this::found)
        .map(found ->
            new Found(
                reference,
                found.record(),
                Optional.ofNullable(entries.get(mark))
                    .map(entry -> entry.owner().substring(RUNNING_ON.length()))
                    .filter(other -> !other.equals(node))));
  }

  /** Jobs of this user, the newest first. */
  List<Found> list(String user, int limit) {
    return store.list(Kind.JOB, user, limit).stream()
        .flatMap(entry -> found(entry).stream())
        .sorted(java.util.Comparator.comparing((Found f) -> f.record().started()).reversed())
        .toList();
  }

  /** The job with this reference, whoever it belongs to. */
  Optional<Found> read(String reference) {
    return store.read(key(reference)).flatMap(this::found);
  }

  private Optional<Found> found(Entry entry) {
    String reference = entry.key().id();
    return Optional.ofNullable(unsettled.get(reference))
        .or(() -> decode(entry))
        .map(record -> new Found(reference, record, Optional.empty()));
  }

  /** True while some node runs a job with this reference. */
  boolean runs(String reference) {
    return store.read(mark(reference).key()).isPresent();
  }

  /**
   * Leaves word for the node that runs this job of this user that it is to be cancelled.
   *
   * @return false when no other node runs such a job
   */
  boolean wishCancelled(String user, String reference) {
    Optional<String> other = find(user, reference).flatMap(Found::elsewhere);
    other.ifPresent(name -> {
      Key wish = new Key(Kind.JOB, WISH + reference);
      Instant until = clock.instant().plus(WISH_LIFE);
      // When there is one already, it is the same wish.
      store.write(Change.create(wish, WISHES_FOR + name, until, new byte[0]));
    });
    return other.isPresent();
  }

  /**
   * Fulfils the wishes of other nodes that jobs of this node be cancelled, and removes them.
   *
   * @param cancel is given the reference of each
   */
  void fulfilWishes(Consumer<String> cancel) {
    for (Entry wish : store.list(Kind.JOB, WISHES_FOR + node, Store.MAX_LIST)) {
      cancel.accept(wish.key().id().substring(WISH.length()));
      store.write(Change.delete(wish));
    }
  }

  /** Names of the nodes that run jobs, or were when they died. */
  static Set<String> nodes(Store store) {
    Set<String> nodes = new TreeSet<>();
    String after = MARK;
    List<Entry> some;
    do {
      some = store.scan(Kind.JOB, after, Store.MAX_LIST);
      for (Entry mark : some) {
        after = mark.key().id();
        if (!after.startsWith(MARK)) {
          return nodes;
        }
        nodes.add(mark.owner().substring(RUNNING_ON.length()));
      }
    } while (some.size() == Store.MAX_LIST);
    return nodes;
  }

  /**
   * Gives every job that was running when an earlier listener died its outcome; to be called before
   * the first is accepted.
   *
   * @param nodes names that the earlier listener may have had; nothing runs under them any more
   * @return those jobs
   */
  List<Found> settleInterrupted(Set<String> nodes) {
    List<Found> settled = new ArrayList<>();
    for (String name : nodes) {
      for (List<Entry> marks = marks(name); !marks.isEmpty(); marks = marks(name)) {
        for (Entry mark : marks) {
          settleInterrupted(mark).ifPresent(settled::add);
        }
      }
    }
    return settled;
  }

  private List<Entry> marks(String name) {
    return store.list(Kind.JOB, RUNNING_ON + name, Store.MAX_LIST);
  }

  private Optional<Found> settleInterrupted(Entry mark) {
    String reference = mark.key().id().substring(MARK.length());
    Optional<Entry> entry = store.read(key(reference));
    Optional<JobRecord> lost =
        entry.flatMap(JobRecords::decode).map(record -> record.lost(clock.instant()));
    List<Change> changes = new ArrayList<>(List.of(Change.delete(mark)));
    Instant until = clock.instant().plus(keep);
    entry
        .map(e -> Change.replace(e, until, lost.map(RecordCodec::encode).orElseGet(e::body)))
        .ifPresent(changes::add);
    if (!store.write(changes)) {
      throw new IllegalStateException("job " + reference + " was changed by somebody else");
    }
    return lost.map(record -> new Found(reference, record, Optional.empty()));
  }

  /**
   * Tries once more to store the outcomes that the store would not take.
   *
   * @return how many there still are
   */
  int settleUnsettled() {
    for (Map.Entry<String, JobRecord> outcome : List.copyOf(unsettled.entrySet())) {
      String reference = outcome.getKey();
      Optional<Entry> entry = store.read(key(reference));
      boolean runs = entry.flatMap(JobRecords::decode).filter(r -> r.ended().isEmpty()).isPresent();
      if (!runs
          || store.write(outcome(reference, entry.orElseThrow().owner(), outcome.getValue()))) {
        unsettled.remove(reference);
      }
    }
    return unsettled.size();
  }

  /** Nothing when another version of this program wrote it. */
  private static Optional<JobRecord> decode(Entry entry) {
    try {
      return Optional.of(RecordCodec.decode(JobRecord.class, entry.body()));
    } catch (CodecException e) {
      LOG.warn("the record of job {} is of another version: {}", entry.key().id(), e.getMessage());
      return Optional.empty();
    }
  }

  private static Key key(String reference) {
    return new Key(Kind.JOB, reference);
  }

  private Entry mark(String reference) {
    return new Entry(
        new Key(Kind.JOB, MARK + reference), 1, RUNNING_ON + node, Entry.NEVER, new byte[0]);
  }
}
