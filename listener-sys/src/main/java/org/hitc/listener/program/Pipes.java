package org.hitc.listener.program;

import java.io.IOException;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixFiles;

/**
 * The pipes of one program. Closing closes the ends the program got, and ours unless a {@link Pump}
 * has taken them over.
 */
final class Pipes implements AutoCloseable {
  /** What a pipe takes in any case without anybody reading (pipe(7): 16 pages, or one). */
  private static final int ALWAYS_FITS = 4096;

  private final byte[] input;
  private int ourStdin = -1;
  private int ourStdout = -1;
  private int ourStderr = -1;
  private int childStdin = -1;
  private int childStdout = -1;
  private int childStderr = -1;

  private Pipes(byte[] input) {
    this.input = input;
  }

  /**
   * Makes them. A short input is written at once, so that the program finds it whole and at its end
   * and nobody has to feed it.
   *
   * @throws SpawnException BUSY when there are no descriptors
   */
  static Pipes open(byte[] input) throws SpawnException, IOException {
    Pipes pipes = new Pipes(input);
    try {
      pipes.make();
      return pipes;
    } catch (IOException e) {
      try (pipes) {
        throw new SpawnException(Refusal.BUSY, String.valueOf(e.getMessage()));
      }
    }
  }

  private void make() throws IOException {
    PosixFiles.Pipe in = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    childStdin = in.readEnd();
    ourStdin = in.writeEnd();
    PosixFiles.Pipe out = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    ourStdout = out.readEnd();
    childStdout = out.writeEnd();
    PosixFiles.Pipe err = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    ourStderr = err.readEnd();
    childStderr = err.writeEnd();
    DescriptorSet.neverBlock(ourStdin);
    DescriptorSet.neverBlock(ourStdout);
    DescriptorSet.neverBlock(ourStderr);
    if (input.length == 0 || (input.length <= ALWAYS_FITS && writeAtOnce())) {
      PosixFiles.close(ourStdin);
      ourStdin = -1;
    }
  }

  private boolean writeAtOnce() throws IOException {
    int count = PosixFiles.write(ourStdin, input, 0, input.length);
    if (count != input.length) {
      throw new IOException("a new pipe took " + count + " of " + input.length + " bytes");
    }
    return true;
  }

  int childStdin() {
    return childStdin;
  }

  int childStdout() {
    return childStdout;
  }

  int childStderr() {
    return childStderr;
  }

  /**
   * Hands our ends to a pump.
   *
   * @throws SpawnException BUSY when there are no descriptors
   */
  Pump pump(Poller poller, Step step, JobObserver observer) throws SpawnException {
    Pump pump;
    try {
      pump = new Pump(poller, step, observer, input, ourStdin, ourStdout, ourStderr);
    } catch (IOException e) {
      throw new SpawnException(Refusal.BUSY, String.valueOf(e.getMessage()));
    }
    ourStdin = -1;
    ourStdout = -1;
    ourStderr = -1;
    return pump;
  }

  /** After the start: from now on the program alone has its ends. */
  void closeChildEnds() throws IOException {
    closeAll(childStdin, childStdout, childStderr);
    childStdin = -1;
    childStdout = -1;
    childStderr = -1;
  }

  @Override
  public void close() throws IOException {
    closeChildEnds();
    closeAll(ourStdin, ourStdout, ourStderr);
  }

  /** Closes those that are descriptors. */
  static void closeAll(int... descriptors) throws IOException {
    for (int fd : descriptors) {
      if (fd >= 0) {
        PosixFiles.close(fd);
      }
    }
  }
}
