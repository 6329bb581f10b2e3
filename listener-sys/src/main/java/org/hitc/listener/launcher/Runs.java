package org.hitc.listener.launcher;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.listener.launcher.os.Descriptors;
import org.hitc.listener.launcher.os.ProcessCalls;
import org.hitc.listener.launcher.protocol.RunRefusal;

/**
 * The processes of all runs: the one place of the launcher that starts, proves and kills. Safe for
 * threads.
 */
final class Runs {
  private static final Duration PROOF = Duration.ofSeconds(2);
  private static final Duration SWEEP = Duration.ofSeconds(10);
  private static final int LOOKS = 3;
  private static final long BETWEEN_LOOKS_NANOS = 3_000_000;
  private static final long PAUSE_NANOS = 200_000;
  private static final long BUSY_MILLIS = 20;
  private static final long IDLE_MILLIS = 200;

  private final OwnLog log;
  private final MemorySegment attributes = ProcessCalls.attributes(Arena.ofAuto());
  private final Map<Integer, Live> live = new ConcurrentHashMap<>();

  /** What kills all processes of an account excludes its next start. */
  private final Map<Long, ReentrantLock> accounts = new ConcurrentHashMap<>();

  Runs(OwnLog log) {
    this.log = log;
  }

  /**
   * A program that runs, or has ended and was not reaped.
   *
   * @param pidfd readable when it has ended
   * @param account as whom
   * @param run its own number
   */
  record Live(int pid, int pidfd, Account account, String run) {}

  /**
   * Starts a program and waits until the kernel shows that it is the account's and nothing more.
   *
   * @param descriptors what becomes 0, 1 and 2
   * @throws RefusedException BUSY when there is no process, START when it cannot be executed or is
   *     not what it should be; then nothing runs
   */
  Live start(
      List<byte[]> command,
      List<byte[]> environment,
      List<Integer> descriptors,
      Account account,
      String run)
      throws RefusedException, IOException {
    Live started = spawn(command, environment, descriptors, account, run);
    Optional<String> wrong;
    try {
      wrong = prove(started);
    } catch (IOException | RuntimeException e) {
      end(started);
      throw e;
    }
    if (wrong.isPresent()) {
      end(started);
      log.say("unproven", Map.of("run", run, "why", wrong.get()));
      throw new RefusedException(RunRefusal.START, wrong.get());
    }
    return started;
  }

  private Live spawn(
      List<byte[]> command,
      List<byte[]> environment,
      List<Integer> descriptors,
      Account account,
      String run)
      throws RefusedException {
    Lock alone = lock(account);
    alone.lock();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argv = vector(arena, command);
      int pid =
          ProcessCalls.spawn(
              arena,
              attributes,
              argv.getAtIndex(ADDRESS, 0),
              argv,
              vector(arena, environment),
              arena.allocateFrom("/"),
              descriptors.get(0),
              descriptors.get(1),
              descriptors.get(2));
      if (pid < 0) {
        boolean full =
            List.of(
                    ProcessCalls.EAGAIN,
                    ProcessCalls.ENOMEM,
                    ProcessCalls.EMFILE,
                    ProcessCalls.ENFILE)
                .contains(-pid);
        throw new RefusedException(
            full ? RunRefusal.BUSY : RunRefusal.START, "posix_spawn: errno " + -pid);
      }
      int pidfd = ProcessCalls.pidfd(pid);
      if (pidfd < 0) {
        ProcessCalls.kill(-pid);
        throw new RefusedException(RunRefusal.BUSY, "pidfd_open: errno " + -pidfd);
      }
      Live started = new Live(pid, pidfd, account, run);
      live.put(pid, started);
      return started;
    } finally {
      alone.unlock();
    }
  }

  /**
   * What is wrong with it in the end; a start takes a moment, in which it is root's tools still.
   */
  private static Optional<String> prove(Live started) throws IOException {
    long deadline = System.nanoTime() + PROOF.toNanos();
    while (true) {
      ProcStatus status =
          ProcStatus.of(started.pid())
              .orElseThrow(() -> new IOException("a child is gone that nobody took"));
      Optional<String> wrong = status.objection(started.account());
      if (wrong.isEmpty() || status.ended() || System.nanoTime() > deadline) {
        return wrong;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** How it ended, when it has. */
  static Optional<ProcessCalls.Status> ended(Live run) {
    return ProcessCalls.peek(run.pid());
  }

  /**
   * Kills all of it: its process group, then what left that. When no other run of the account
   * lives, that is every process that the account has here.
   *
   * @return how the program itself ended
   */
  ProcessCalls.Status end(Live run) throws IOException {
    Lock alone = lock(run.account());
    alone.lock();
    try {
      // Not reaped: the number of the group is still its own.
      ProcessCalls.kill(-run.pid());
      boolean last =
          live.values().stream()
              .noneMatch(other ->
                  other.pid() != run.pid() && other.account().uid() == run.account().uid());
      if (last) {
        killAtOnce(run);
      }
      sweep(run, last);
      ProcessCalls.Status status = reap(run.pid());
      live.remove(run.pid(), run);
      Descriptors.close(run.pidfd());
      return status;
    } finally {
      alone.unlock();
    }
  }

  /** Kills every program; whoever watches it does the rest. */
  void killAll() {
    live.keySet().forEach(pid -> ProcessCalls.kill(-pid));
  }

  /**
   * How it ended. One that the kernel holds, such as for a file system that does not answer, is
   * left to {@link #reapOrphans}: nobody must wait for it.
   */
  private static ProcessCalls.Status reap(int pid) {
    long deadline = System.nanoTime() + PROOF.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<ProcessCalls.Ended> ended = ProcessCalls.reap(pid);
      if (ended.isPresent()) {
        return ended.get().status();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return new ProcessCalls.Status.Signalled(ProcessCalls.SIGKILL);
  }

  /** What forks and exits all the time is missed by every look at {@code /proc}, not by this. */
  private void killAtOnce(Live run) {
    try {
      int error = ProcessCalls.killAllOf((int) run.account().uid());
      if (error < 0 && error != -ProcessCalls.ESRCH) {
        throw new IllegalStateException("errno " + -error);
      }
    } catch (RuntimeException e) {
      // Then the sweep alone has to find them.
      log.say("killer", Map.of("run", run.run(), "why", String.valueOf(e.getMessage())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweep(Live run, boolean all) {
    long deadline = System.nanoTime() + SWEEP.toNanos();
    for (int empty = 0; ; ) {
      String why;
      try {
        List<Integer> left = left(run, all);
        if (left.isEmpty()) {
          // One that is just becoming another program shows no environment for a moment.
          if (all || ++empty == LOOKS) {
            return;
          }
          LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
          continue;
        }
        empty = 0;
        kill(run, left, all);
        why = left.toString();
      } catch (IOException e) {
        why = String.valueOf(e.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      if (System.nanoTime() > deadline) {
        log.say("left", Map.of("run", run.run(), "processes", why));
        return;
      }
    }
  }

  private static List<Integer> left(Live run, boolean all) throws IOException {
    List<Integer> left = new ArrayList<>();
    for (int pid : ProcStatus.processes()) {
      if (pid != 1 && belongs(pid, run, all)) {
        left.add(pid);
      }
    }
    return left;
  }

  private static boolean belongs(int pid, Live run, boolean all) throws IOException {
    Optional<ProcStatus> status = ProcStatus.of(pid);
    int uid = (int) run.account().uid();
    if (status.filter(s -> !s.ended() && s.uids().contains(uid)).isEmpty()) {
      return false;
    }
    return all
        || ProcStatus.session(pid).equals(Optional.of(run.pid()))
        || ProcStatus.hasVariable(pid, Chain.RUN + "=" + run.run());
  }

  /** Stops all before it kills the first, so that none can start another in between. */
  private static void kill(Live run, List<Integer> pids, boolean all) throws IOException {
    for (int signal : List.of(ProcessCalls.SIGSTOP, ProcessCalls.SIGKILL)) {
      for (int pid : pids) {
        int pidfd = ProcessCalls.pidfd(pid);
        if (pidfd >= 0) {
          try {
            // Looked at again: now the descriptor holds it, and cannot come to mean another.
            if (belongs(pid, run, all)) {
              ProcessCalls.signal(pidfd, signal);
            }
          } finally {
            Descriptors.close(pidfd);
          }
        }
      }
    }
  }

  /**
   * Takes the status of every orphan, for ever: as process 1 this is the parent of all that lost
   * theirs, and the kernel gives them to its first thread. Programs are children of the thread that
   * started them, which takes their status itself.
   */
  void reapOrphans() {
    while (true) {
      try {
        for (int pid : ProcStatus.orphans()) {
          if (!live.containsKey(pid)) {
            Optional<ProcessCalls.Ended> _ = ProcessCalls.reap(pid);
          }
        }
        TimeUnit.MILLISECONDS.sleep(live.isEmpty() ? IDLE_MILLIS : BUSY_MILLIS);
      } catch (IOException | RuntimeException e) {
        log.say("orphans", Map.of("why", String.valueOf(e.getMessage())));
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private Lock lock(Account account) {
    return accounts.computeIfAbsent(account.uid(), _ -> new ReentrantLock());
  }

  /** A NULL-terminated array of C strings. */
  private static MemorySegment vector(Arena arena, List<byte[]> strings) {
    MemorySegment vector = arena.allocate(ADDRESS, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      byte[] string = strings.get(i);
      MemorySegment copy = arena.allocate(string.length + 1L);
      MemorySegment.copy(string, 0, copy, JAVA_BYTE, 0, string.length);
      vector.setAtIndex(ADDRESS, i, copy);
    }
    return vector;
  }
}
