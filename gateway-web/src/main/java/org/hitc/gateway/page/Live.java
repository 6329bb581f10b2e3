package org.hitc.gateway.page;

import java.util.function.Consumer;

/** What a job prints while its page is being drawn (S6). */
public interface Live {

  /** How it stands with the job after what it printed. */
  enum Ending {
    /** It has ended: its page now leads to its result. */
    ENDED,
    /** It goes on, or nobody answered. */
    NOT_KNOWN
  }

  /** Nothing is listened to. */
  Live NONE =
      new Live() {
        @Override
        public void printed(Consumer<String> to) {}

        @Override
        public Ending ending() {
          return Ending.NOT_KNOWN;
        }

        @Override
        public long next() {
          return 0;
        }
      };

  /**
   * Gives what is printed, piece by piece as it comes, until there is no more to wait for. An empty
   * piece says that there is nothing new but that the waiting goes on.
   *
   * @param to what it throws ends the waiting and comes out here
   */
  void printed(Consumer<String> to);

  /** How it stands, after {@link #printed}. */
  Ending ending();

  /** Offset of the first byte that {@link #printed} has not given. */
  long next();
}
