package org.hitc.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.LauncherProcess;
import org.hitc.listener.launcher.os.ProcessCalls;
import org.hitc.listener.launcher.protocol.Answer;

/** The same small program as somebody else: by a real launcher, and by sudo. */
final class Launches implements AutoCloseable {
  static final Path SUDO = Path.of("/usr/bin/sudo");

  /** The launcher takes a hundred questions a second. */
  private static final long PAUSE_MILLIS = 15;

  private static final long WAIT_NANOS = 50_000;
  private static final String SAID = "done\n";

  private final LauncherProcess launcher;
  private final String grant;
  private final List<String> sudo;
  private final MemorySegment attributes = ProcessCalls.attributes(Arena.ofAuto());

  private Launches(LauncherProcess launcher, String grant, Path program) {
    this.launcher = launcher;
    this.grant = grant;
    this.sudo = List.of(SUDO.toString(), "-n", "-u", "daemon", program.toString());
  }

  static Launches start(Path folder) throws Exception {
    LauncherProcess launcher = new LauncherProcess(folder);
    Path program = launcher.program("say", "echo done");
    launcher.policy(
        "entries:\n  say:\n    program: %s\n    as: [user]\n    users: { all: true }\n"
            .formatted(program));
    launcher.start();
    return new Launches(launcher, launcher.grant("anna"), program);
  }

  Times ours(int runs) throws Exception {
    long[] nanos = new long[runs];
    for (int i = 0; i < runs; i++) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      long before = System.nanoTime();
      try (LauncherProcess.Started run = launcher.start(grant, "", "say")) {
        check(run.output().equals(SAID) && run.end().equals(new Answer.Exited(0)));
        nanos[i] = System.nanoTime() - before;
      }
    }
    return Times.of(nanos);
  }

  Times sudo(int runs) throws Exception {
    long[] nanos = new long[runs];
    for (int i = 0; i < runs; i++) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      long before = System.nanoTime();
      sudo();
      nanos[i] = System.nanoTime() - before;
    }
    return Times.of(nanos);
  }

  private void sudo() throws IOException {
    PosixFiles.Pipe in = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    PosixFiles.Pipe out = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    int pid;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argv = vector(arena, sudo);
      pid =
          ProcessCalls.spawn(
              arena,
              attributes,
              argv.getAtIndex(ADDRESS, 0),
              argv,
              vector(arena, List.of("PATH=/usr/bin:/bin")),
              arena.allocateFrom("/"),
              in.readEnd(),
              out.writeEnd(),
              out.writeEnd());
    }
    PosixFiles.close(in.readEnd());
    PosixFiles.close(in.writeEnd());
    PosixFiles.close(out.writeEnd());
    String said = LauncherProcess.readAll(out.readEnd());
    PosixFiles.close(out.readEnd());
    while (ProcessCalls.reap(pid).isEmpty()) {
      LockSupport.parkNanos(WAIT_NANOS);
    }
    check(said.equals(SAID));
  }

  private static void check(boolean good) {
    if (!good) {
      throw new IllegalStateException("the program did not do what it should");
    }
  }

  private static MemorySegment vector(Arena arena, List<String> strings) {
    MemorySegment vector = arena.allocate(ADDRESS, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      vector.setAtIndex(ADDRESS, i, arena.allocateFrom(strings.get(i)));
    }
    return vector;
  }

  @Override
  public void close() {
    launcher.close();
  }
}
