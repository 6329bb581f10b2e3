package org.hitc.channel.hole;

import java.time.Duration;

/**
 * How much the gateway side asks, and for how long it waits.
 *
 * @param asks how many requests may be under way at once
 * @param silence the longest time without a frame of the reply
 * @param fullPipe likewise until the first frame, when the daemon pipe was too full for the hint
 */
public record AskLimits(int asks, Duration silence, Duration fullPipe) {
  public AskLimits {
    HoleLimits.require(asks > 0, "asks");
    HoleLimits.requirePositive(silence, "silence");
    HoleLimits.requirePositive(fullPipe, "fullPipe");
  }

  /** The limits of {@code docs/PROTOCOL.md}. */
  public static AskLimits defaults() {
    return new AskLimits(512, Duration.ofSeconds(5), Duration.ofMillis(1500));
  }
}
