package org.hitc.channel.hole;

import java.time.Duration;
import org.hitc.channel.codec.RequestCodec;

/** How much the listener side takes, and for how long it waits. */
public record HoleLimits(Admission admission, Drain drain, Spool spool) {

  /** The limits of {@code docs/PROTOCOL.md}. */
  public static HoleLimits defaults() {
    return new HoleLimits(Admission.defaults(), Drain.defaults(), Spool.defaults());
  }

  /**
   * What may come in.
   *
   * @param requestBytes the longest request file
   * @param handled how many requests are handled at once
   * @param waiting how many more may wait for that; what comes then is told that we are busy
   * @param requestAge how long a request may have lain in the spool
   * @param readerWithin how long to wait for a reader of the results pipe
   * @param endWithin how long requests may go on when the listener stops, before they are
   *     interrupted; then as long again
   */
  public record Admission(
      int requestBytes,
      int handled,
      int waiting,
      Duration requestAge,
      Duration readerWithin,
      Duration endWithin) {
    public Admission {
      require(requestBytes > 0 && requestBytes <= RequestCodec.MAX_BYTES, "requestBytes");
      require(handled > 0, "handled");
      require(waiting >= 0, "waiting");
      requirePositive(requestAge, "requestAge");
      require(!readerWithin.isNegative(), "readerWithin");
      require(!endWithin.isNegative(), "endWithin");
    }

    static Admission defaults() {
      return new Admission(
          RequestCodec.MAX_BYTES,
          64,
          256,
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5));
    }
  }

  /**
   * How a reply must be read, and how alive it is kept.
   *
   * @param noProgress how long a reader may take nothing at all
   * @param bytesPerSecond what it must take on average over a {@code window} of waiting for it
   * @param window length of time over which that is measured
   * @param heartbeat the longest time without a frame
   */
  public record Drain(
      Duration noProgress, int bytesPerSecond, Duration window, Duration heartbeat) {
    public Drain {
      requirePositive(noProgress, "noProgress");
      require(bytesPerSecond >= 0, "bytesPerSecond");
      requirePositive(window, "window");
      requirePositive(heartbeat, "heartbeat");
    }

    static Drain defaults() {
      return new Drain(Duration.ofSeconds(30), 1024, Duration.ofSeconds(60), Duration.ofSeconds(1));
    }
  }

  /**
   * How the spool is looked after.
   *
   * @param scanEvery time between two passes over the directory
   * @param entriesPerPass the most entries to look at in one pass
   * @param litterAge age at which what nobody uses is removed
   * @param remembered how long a claimed id is remembered at least, while no more than {@code
   *     rememberedIds} come in that time
   * @param rememberedIds how many ids are remembered at least, and half of how many at most
   */
  public record Spool(
      Duration scanEvery,
      int entriesPerPass,
      Duration litterAge,
      Duration remembered,
      int rememberedIds) {
    public Spool {
      requirePositive(scanEvery, "scanEvery");
      require(entriesPerPass > 0, "entriesPerPass");
      requirePositive(litterAge, "litterAge");
      requirePositive(remembered, "remembered");
      require(rememberedIds > 0, "rememberedIds");
    }

    static Spool defaults() {
      return new Spool(
          Duration.ofSeconds(2), 10_000, Duration.ofMinutes(10), Duration.ofMinutes(10), 100_000);
    }
  }

  static void requirePositive(Duration duration, String name) {
    require(duration.isPositive(), name);
  }

  static void require(boolean valid, String name) {
    if (!valid) {
      throw new IllegalArgumentException("limit out of range: " + name);
    }
  }
}
