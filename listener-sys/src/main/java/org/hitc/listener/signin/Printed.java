package org.hitc.listener.signin;

import java.io.ByteArrayOutputStream;
import org.hitc.listener.config.Program;
import org.hitc.listener.program.JobObserver;
import org.hitc.listener.program.ProgramResult;

/** Collects what a program prints; the runner bounds it. */
final class Printed implements JobObserver {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** All of it; to be asked when the job has ended. */
  byte[] bytes() {
    return bytes.toByteArray();
  }

  @Override
  public void output(Program program, byte[] from, int offset, int length) {
    bytes.write(from, offset, length);
  }

  @Override
  public void started(Program program, int pid) {}

  @Override
  public void ended(ProgramResult result) {}

  @Override
  public void paused(Program program) {}

  @Override
  public void resumed(Program program) {}
}
