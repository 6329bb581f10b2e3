package org.hitc.session.store;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;

/** Until when all statements and tries of one call have to be through. */
@FunctionalInterface
interface Deadline {
  /** For an engine that bounds its calls otherwise. */
  Deadline NONE = () -> {};

  /**
   * To be called before each statement and each try.
   *
   * @throws SQLTimeoutException when the time is over
   */
  void check() throws SQLException;

  /** So long from now. */
  static Deadline in(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> {
      if (System.nanoTime() - end >= 0) {
        throw new SQLTimeoutException("not done within " + time.toMillis() + " ms");
      }
    };
  }
}
