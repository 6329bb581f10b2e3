package org.hitc.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told to go on. */
public final class MutableClock implements InstantSource {
  private final AtomicReference<Instant> now;

  public MutableClock(String start) {
    now = new AtomicReference<>(Instant.parse(start));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  public void advance(Duration time) {
    now.updateAndGet(was -> was.plus(time));
  }
}
