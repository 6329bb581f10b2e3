package org.hitc.listener.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
 * finds what was interrupted. Whether the store took a new job although it did not answer is
 * decided by {@link #settleUnsettled}; until then the job is found as one that did not run.
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

  /** For so long an outcome is kept together with its page. */
  private static final Duration WHOLE = Duration.ofMinutes(1);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
  private static final int FEWEST_TRIES = 2;

  private final Store store;
  private final String node;
  private final InstantSource clock;
  private final Duration keep;
  private final Duration pause;
  private final Map<String, Unsettled> unsettled = new ConcurrentHashMap<>();

  /** A new job that nobody knows whether the store took; it does not run. */
  private record Unsettled(String user, JobRecord begun, JobRecord refused) {}

  /**
   * @param node whose running jobs these are
   * @param keep how long a record can be found after its job has ended
   * @param pause between the first and the second try to store an outcome; then longer
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
      unsettled.put(reference, new Unsettled(user, begun, refused));
      throw e;
    }
  }

  boolean isTaken(String reference) {
    return store.read(key(reference)).isPresent();
  }

  /**
   * Stores how a job ended, with what belongs to it; when that does not hold, the outcome alone.
   * While the store does not answer it tries again, every few seconds; what cannot be stored for a
   * minute is stored alone when that can be.
   *
   * @param alone how it ended when what belongs to it could not be stored
   * @param goesOn false when there is no time left to wait for the store
   * @return how it ended; nothing when the store took nothing: then the next start settles it
   */
  Optional<JobRecord> end(
      String reference,
      String user,
      JobRecord ended,
      List<Change> also,
      JobRecord alone,
      BooleanSupplier goesOn) {
    Instant patience = clock.instant().plus(WHOLE);
    Duration next = pause;
    for (int tries = 1; ; tries++) {
      try {
        return Optional.of(whole(reference, user, ended, also, alone));
      } catch (StoreException e) {
        LOG.warn("how job {} ended is not stored yet: {}", reference, e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("how job {} ended cannot be stored with its page", reference, e);
        patience = Instant.MIN;
      }
      if (clock.instant().isAfter(patience)) {
        try {
          return Optional.of(alone(reference, user, alone));
        } catch (StoreException e) {
          LOG.warn("nor without its page: {}", e.getMessage());
        }
      }
      if ((tries >= FEWEST_TRIES && !goesOn.getAsBoolean()) || !sleep(next)) {
        LOG.error("how job {} ended could not be stored; the next start settles it", reference);
        return Optional.empty();
      }
      next =
          next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private JobRecord whole(
      String reference, String user, JobRecord ended, List<Change> also, JobRecord alone) {
    List<Change> changes = new ArrayList<>(outcome(reference, user, ended));
    changes.addAll(also);
    return store.write(changes) ? ended : alone(reference, user, alone);
  }

  private JobRecord alone(String reference, String user, JobRecord alone) {
    // A write that did not answer in time may have been made nevertheless.
    Optional<JobRecord> stored =
        store
            .read(key(reference))
            .flatMap(JobRecords::decode)
            .filter(record -> record.ended().isPresent());
    if (stored.isEmpty() && !store.write(outcome(reference, user, alone))) {
      LOG.error("the record of job {} was changed or removed by somebody else", reference);
    }
    return stored.orElse(alone);
  }

  private static boolean sleep(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
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
        .filter(mine -> mine.user().equals(entry.owner()))
        .map(Unsettled::refused)
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
   * Decides once more about new jobs of which nobody knows whether the store took them: none has
   * run, and from now on none can appear any more.
   *
   * @param decided is given each
   * @return how many there still are
   */
  int settleUnsettled(Consumer<Found> decided) {
    for (Map.Entry<String, Unsettled> job : List.copyOf(unsettled.entrySet())) {
      if (settle(job.getKey(), job.getValue())) {
        unsettled.remove(job.getKey());
        decided.accept(new Found(job.getKey(), job.getValue().refused(), Optional.empty()));
      }
    }
    return unsettled.size();
  }

  private boolean settle(String reference, Unsettled job) {
    Optional<Entry> entry = store.read(key(reference));
    if (entry.isEmpty()) {
      // Where this is, a write that is still on its way does not hold.
      Instant until = clock.instant().plus(keep);
      return store.write(
          Change.create(key(reference), job.user(), until, RecordCodec.encode(job.refused())));
    }
    boolean taken = Arrays.equals(entry.get().body(), RecordCodec.encode(job.begun()));
    // Anything else is settled already, or another job that drew the same reference.
    return !taken
        || !entry.get().owner().equals(job.user())
        || store.write(outcome(reference, job.user(), job.refused()));
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
