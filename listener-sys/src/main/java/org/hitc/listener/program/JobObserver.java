package org.hitc.listener.program;

import org.hitc.listener.config.Program;

/** Is told, on the job's own thread, what happens; must not keep the arrays. */
public interface JobObserver {

  /** A program was started. */
  void started(Program program, int pid);

  /**
   * It printed these bytes on stdout. May wait (the program then waits too), but not for ever.
   *
   * @throws NotTakenException when it cannot be kept: the program is killed
   */
  void output(Program program, byte[] bytes, int offset, int length) throws NotTakenException;

  /** A program ended, or was not started. */
  void ended(ProgramResult result);

  /** The program failed too often in a row: it is not started again before its pause is over. */
  void paused(Program program);

  /** A paused program works again. */
  void resumed(Program program);
}
