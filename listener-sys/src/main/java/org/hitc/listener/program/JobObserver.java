package org.hitc.listener.program;

import java.io.IOException;
import org.hitc.listener.config.Program;

/** Is told, on the job's own thread, what happens; must not keep the arrays. */
public interface JobObserver {

  /** A program was started. */
  void started(Program program, int pid);

  /**
   * It printed these bytes on stdout. May wait (the program then waits too), but not for ever.
   *
   * @throws IOException when nobody takes the output: the job is cancelled
   */
  void output(Program program, byte[] bytes, int offset, int length) throws IOException;

  /** A program ended, or was not started. */
  void ended(ProgramResult result);
}
