package org.hitc.listener.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.launcher.os.ProcessCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is set once for the listener's process, before anything is started, because every program
 * inherits it or depends on it.
 */
public final class ProcessSetup {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSetup.class);

  /** The JVM raises its own limit as far as it may; programs get this. */
  public static final long OPEN_FILES = 16_384;

  private static final int MAX_ROUNDS = 100;

  private ProcessSetup() {}

  /**
   * umask 077; no core files; {@link #OPEN_FILES} descriptors; orphans of programs come to this
   * process; no process of the same user (a program, say) may trace it or read its memory.
   *
   * @throws IllegalStateException when the system refuses one of them, when a descriptor from 0 to
   *     2 is closed, or when Java does not use UTF-8 for file names
   */
  public static void apply() {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    if (!encoding.equalsIgnoreCase("UTF-8")) {
      throw new IllegalStateException("the locale must be a UTF-8 one, it is " + encoding);
    }
    for (int fd = 0; fd <= 2; fd++) {
      if (!Files.exists(Path.of("/proc/self/fd", Integer.toString(fd)))) {
        throw new IllegalStateException("descriptor " + fd + " is closed");
      }
    }
    ProcessCalls.umask(0077);
    ProcessCalls.limits(OPEN_FILES);
    ProcessCalls.becomeSubreaper();
    ProcessCalls.forbidTracing();
  }

  /**
   * Kills what an earlier listener of this instance and node left running; never what belongs to
   * another node, which may run on the same machine.
   *
   * @return how many processes
   * @throws IOException when some do not end
   */
  public static int killLeftovers(String instance, String node)
      throws IOException, InterruptedException {
    int killed = 0;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      List<Integer> leftovers = leftovers(instance, node);
      if (leftovers.isEmpty()) {
        return killed;
      }
      for (int pid : leftovers) {
        LOG.warn("killing process {}, left behind by an earlier listener", pid);
        if (ProcessCalls.kill(pid) == 0) {
          killed++;
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new IOException("processes of an earlier listener do not end");
  }

  private static List<Integer> leftovers(String instance, String node) throws IOException {
    int self = Math.toIntExact(ProcessHandle.current().pid());
    Optional<Integer> user = Orphans.owner(self);
    List<Integer> found = new java.util.ArrayList<>();
    for (int pid : Orphans.processes()) {
      if (pid != self
          && Orphans.owner(pid).equals(user)
          && Orphans.variable(pid, Orphans.INSTANCE).equals(Optional.of(instance))
          && Orphans.variable(pid, Orphans.NODE).equals(Optional.of(node))) {
        found.add(pid);
      }
    }
    return found;
  }
}
