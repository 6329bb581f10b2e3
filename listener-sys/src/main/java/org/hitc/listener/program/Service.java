package org.hitc.listener.program;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.os.ProcessCalls;

/**
 * A process of the product itself, or a tool of the system, started by the demo's starter; never by
 * the listener. It runs in its own session with an environment built from nothing; its input is a
 * pipe that ends when the starter ends, however that ends; what it prints goes into a log file.
 */
public final class Service implements AutoCloseable {
  private static final long PAUSE_MILLIS = 5;

  private final int pid;
  private final int lifeline;
  private Optional<ProgramEnd> end = Optional.empty();

  private Service(int pid, int lifeline) {
    this.pid = pid;
    this.lifeline = lifeline;
  }

  /**
   * Starts a command.
   *
   * @param command absolute path of the program, and its arguments
   * @param log file that its output is added to; made with mode 0600
   * @throws IOException when it cannot be started
   */
  public static Service start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    int out =
        PosixFiles.open(
            PosixFiles.AT_FDCWD,
            log.toString(),
            PosixFiles.O_WRONLY
                | PosixFiles.O_CREAT
                | PosixFiles.O_APPEND
                | PosixFiles.O_CLOEXEC
                | PosixFiles.O_NOFOLLOW,
            0600);
    try {
      PosixFiles.Pipe input = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
      try {
        return new Service(spawn(command, environment, input.readEnd(), out), input.writeEnd());
      } catch (IOException e) {
        PosixFiles.close(input.writeEnd());
        throw e;
      } finally {
        PosixFiles.close(input.readEnd());
      }
    } finally {
      PosixFiles.close(out);
    }
  }

  /**
   * Runs a tool of the system to its end.
   *
   * @throws IOException when it cannot be started, takes longer, or says no
   */
  public static void run(List<String> command, Path log, Duration patience)
      throws IOException, InterruptedException {
    try (Service tool = start(command, Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"), log)) {
      Optional<ProgramEnd> how = tool.awaitEnd(patience);
      if (!how.equals(Optional.of(new ProgramEnd.Exited(0)))) {
        throw new IOException(
            String.join(" ", command) + ": " + how.map(ProgramEnd::words).orElse("takes too long"));
      }
    }
  }

  /** Its process id. */
  public int pid() {
    return pid;
  }

  /** How it ended, if it has. */
  public Optional<ProgramEnd> ended() {
    if (end.isEmpty()) {
      end = ProcessCalls.reap(pid).map(ProgramEnd::of);
    }
    return end;
  }

  /** How it ended; empty when it has not in this time. */
  public Optional<ProgramEnd> awaitEnd(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (ended().isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return ended();
  }

  /** Kills it and what is in its process group, if it has not ended. */
  public void kill() {
    if (ended().isEmpty()) {
      ProcessCalls.kill(-pid);
    }
  }

  /** Ends its input, which asks it to stop; does not wait. */
  @Override
  public void close() throws PosixException {
    PosixFiles.close(lifeline);
  }

  private static int spawn(List<String> command, Map<String, String> environment, int in, int out)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argv = vector(arena, command);
      List<String> variables =
          environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
      int pid =
          ProcessCalls.spawn(
              arena,
              ProcessCalls.attributes(arena),
              argv.getAtIndex(ValueLayout.ADDRESS, 0),
              argv,
              vector(arena, variables),
              arena.allocateFrom("/"),
              in,
              out,
              out);
      if (pid < 0) {
        throw new IOException(command.getFirst() + " cannot be started: errno " + -pid);
      }
      return pid;
    }
  }

  private static MemorySegment vector(Arena arena, List<String> strings) {
    MemorySegment vector = arena.allocate(ValueLayout.ADDRESS, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      vector.setAtIndex(
          ValueLayout.ADDRESS, i, arena.allocateFrom(strings.get(i), StandardCharsets.UTF_8));
    }
    return vector;
  }
}
