package org.hitc.listener.program;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hitc.listener.config.Program;

/** Keeps what a job's programs printed and what became of them. */
class Recorder implements JobObserver {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<String> started = new ArrayList<>();
  private final List<ProgramResult> ended = new ArrayList<>();

  @Override
  public synchronized void started(Program program, int pid) {
    started.add(program.name());
  }

  @Override
  public synchronized void output(Program program, byte[] bytes, int offset, int length)
      throws NotTakenException {
    output.write(bytes, offset, length);
  }

  @Override
  public synchronized void ended(ProgramResult result) {
    ended.add(result);
  }

  @Override
  public void paused(Program program) {}

  @Override
  public void resumed(Program program) {}

  synchronized String text() {
    return output.toString(StandardCharsets.ISO_8859_1);
  }

  synchronized byte[] bytes() {
    return output.toByteArray();
  }

  synchronized List<String> started() {
    return List.copyOf(started);
  }

  synchronized List<ProgramResult> ended() {
    return List.copyOf(ended);
  }
}
