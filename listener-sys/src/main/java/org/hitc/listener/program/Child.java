package org.hitc.listener.program;

import java.io.IOException;

/** One started program, until how it ended is known. */
interface Child {

  /** Its process id, for logs. */
  int pid();

  /**
   * A descriptor that becomes readable when the program has ended; it belongs to the child. To be
   * called once.
   */
  int watch() throws IOException;

  /** To be called when the watched descriptor is readable: false when it was something else. */
  boolean hasEnded() throws IOException;

  /** Kills the program and what it started, as far as that is in reach at once; does not wait. */
  void kill();

  /**
   * Kills what is left and takes the status of the program. Returns at once when the program has
   * ended; else it has just been killed and ends as soon as the kernel lets it.
   */
  ProgramEnd end() throws IOException;
}
