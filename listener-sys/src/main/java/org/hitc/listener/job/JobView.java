package org.hitc.listener.job;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What its user may see of a job: while it waits or runs here, while another node runs it, or as
 * the store keeps it.
 */
public final class JobView {
  private final String reference;
  private final JobRecord stored;
  private final Optional<LiveJob> live;
  private final Optional<Elsewhere> elsewhere;
  private final Optional<Usual> usual;

  private JobView(
      String reference,
      JobRecord stored,
      Optional<LiveJob> live,
      Optional<Elsewhere> elsewhere,
      Optional<Usual> usual) {
    this.reference = reference;
    this.stored = stored;
    this.live = live;
    this.elsewhere = elsewhere;
    this.usual = usual;
  }

  static JobView of(LiveJob job, Optional<Usual> usual) {
    return new JobView(job.reference(), job.begun(), Optional.of(job), Optional.empty(), usual);
  }

  static JobView of(Elsewhere job, Optional<Usual> usual) {
    return new JobView(job.reference(), job.record(), Optional.empty(), Optional.of(job), usual);
  }

  static JobView of(JobRecords.Found found, Optional<Usual> usual) {
    return new JobView(
        found.reference(), found.record(), Optional.empty(), Optional.empty(), usual);
  }

  /** Where a job stands. */
  public sealed interface Progress {
    /**
     * It waits until a program may be started.
     *
     * @param before how many jobs get their turn before it, as things are
     */
    record Waiting(int before) implements Progress {}

    /** It runs. */
    record Running() implements Progress {}

    /** It has ended, with this record. */
    record Ended(JobRecord record) implements Progress {}
  }

  /**
   * How long jobs of a step usually take.
   *
   * @param low one in ten takes less
   * @param high one in ten takes more
   */
  public record Usual(Duration low, Duration high) {}

  /**
   * A piece of what a job has printed.
   *
   * @param offset of its first byte, in all that the job has printed
   * @param bytes at most 64 KiB; none: there is no more for now. They may begin or end within a
   *     character
   * @param charset of the text; another program of the same job may print in another one, but no
   *     piece is of two programs
   * @param last the program, and without bytes the job, will print nothing behind it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Live(long offset, byte[] bytes, Optional<Charset> charset, boolean last) {}

  /** Such as {@code 7K3P-2M}. */
  public String reference() {
    return reference;
  }

  /** How it ended; as it was accepted, when it has not. */
  public JobRecord record() {
    return live.map(job -> job.ended().getNow(stored))
        .or(() -> elsewhere.map(Elsewhere::record))
        .orElse(stored);
  }

  /** The other node that runs it. */
  public Optional<String> node() {
    return elsewhere.map(Elsewhere::node);
  }

  /** Where it stands now. */
  public Progress progress() {
    JobRecord now = record();
    if (now.ended().isPresent()) {
      return new Progress.Ended(now);
    }
    OptionalInt before = live.map(LiveJob::before).orElse(OptionalInt.empty());
    return before.isPresent() ? new Progress.Waiting(before.getAsInt()) : new Progress.Running();
  }

  /** From when it was accepted until it ended, or until now. */
  public Duration elapsed(Instant now) {
    JobRecord record = record();
    return Duration.between(record.started(), record.ended().orElse(now));
  }

  /** How long jobs of the same step took lately; nothing when there were too few. */
  public Optional<Usual> usual() {
    return usual;
  }

  /**
   * What its reports and actions have printed; never what guards and choices print. Nothing for a
   * job that was found in the store, or that another node runs: its page has it, when it has ended.
   *
   * @param from offset of the first byte that is wanted
   * @throws IOException when it cannot be read
   */
  public Live output(long from) throws IOException {
    return live.isPresent()
        ? live.get().output(from)
        : new Live(from, new byte[0], Optional.empty(), node().isEmpty() || hasEnded());
  }

  /**
   * Waits until the job has printed more than so many bytes, or has ended.
   *
   * @return false when it has not within this time
   */
  public boolean awaitMore(long offset, Duration patience) throws InterruptedException {
    if (elsewhere.isPresent()) {
      return elsewhere.get().awaitEnd(patience);
    }
    return live.isEmpty() || live.get().awaitMore(offset, patience);
  }

  private boolean hasEnded() {
    return record().ended().isPresent();
  }
}
