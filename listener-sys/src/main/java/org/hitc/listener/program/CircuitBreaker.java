package org.hitc.listener.program;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps a program that is broken from being started again and again. After so many failures in a
 * row it is open for a pause: nothing is let through. Then one probe is; if the program works it is
 * closed again, if not the next pause begins. Only data and a clock; safe for threads.
 */
final class CircuitBreaker {
  private final int after;
  private final long pauseNanos;
  private final LongSupplier clock;

  private State state = State.CLOSED;
  private int failures;
  private long openedAt;

  /**
   * @param after failures in a row that open it; 0: it never opens
   * @param clock nanoseconds from any moment, such as {@link System#nanoTime}
   */
  CircuitBreaker(int after, Duration pause, LongSupplier clock) {
    this.after = after;
    this.pauseNanos = pause.toNanos();
    this.clock = clock;
  }

  private enum State {
    CLOSED,
    OPEN,
    PROBING
  }

  /** Whether a start may be tried. */
  enum Pass {
    /** As always. */
    NORMAL,
    /** As the one that finds out whether the program works again. */
    PROBE,
    /** Not now. */
    REFUSED
  }

  /** What an end says about the program. */
  enum Verdict {
    /** It ended by itself; what its exit status means is not the question here. */
    WORKS,
    /** It was killed by a signal, had to be killed, or could not be started. */
    BROKEN,
    /** Nothing: it was cancelled, say. */
    NOTHING;

    static Verdict of(ProgramEnd end) {
      return switch (end) {
        case ProgramEnd.Exited _ -> WORKS;
        case ProgramEnd.Signalled _, ProgramEnd.TimedOut _, ProgramEnd.OutputLimit _ -> BROKEN;
        case ProgramEnd.NotStarted notStarted ->
            notStarted.why() == org.hitc.channel.Refusal.JOB_START ? BROKEN : NOTHING;
        case ProgramEnd.Cancelled _, ProgramEnd.NotTaken _ -> NOTHING;
      };
    }
  }

  /** What an end changed. */
  enum Change {
    NONE,
    OPENED,
    CLOSED
  }

  /** True when {@link #pass} would refuse; changes nothing. */
  synchronized boolean refuses() {
    return state == State.PROBING || (state == State.OPEN && !pauseIsOver());
  }

  /** Asks to start the program; unless refused, {@link #ended} must follow. */
  synchronized Pass pass() {
    if (refuses()) {
      return Pass.REFUSED;
    }
    if (state == State.OPEN) {
      state = State.PROBING;
      return Pass.PROBE;
    }
    return Pass.NORMAL;
  }

  /**
   * The program has ended.
   *
   * @param pass with which it was started
   */
  synchronized Change ended(Pass pass, Verdict verdict) {
    return switch (pass) {
      case NORMAL -> state == State.CLOSED ? count(verdict) : Change.NONE;
      case PROBE -> probed(verdict);
      case REFUSED -> throw new IllegalArgumentException("what was refused cannot end");
    };
  }

  private Change count(Verdict verdict) {
    switch (verdict) {
      case WORKS -> failures = 0;
      case BROKEN -> failures++;
      case NOTHING -> {}
    }
    return after > 0 && failures >= after ? open() : Change.NONE;
  }

  private Change probed(Verdict verdict) {
    return switch (verdict) {
      case WORKS -> {
        state = State.CLOSED;
        failures = 0;
        yield Change.CLOSED;
      }
      case BROKEN -> open();
      case NOTHING -> {
        // Its pause is over: the next one is the probe.
        state = State.OPEN;
        yield Change.NONE;
      }
    };
  }

  private Change open() {
    state = State.OPEN;
    openedAt = clock.getAsLong();
    return Change.OPENED;
  }

  private boolean pauseIsOver() {
    return clock.getAsLong() - openedAt >= pauseNanos;
  }
}
