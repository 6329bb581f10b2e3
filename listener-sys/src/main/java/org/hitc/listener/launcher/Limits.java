package org.hitc.listener.launcher;

import java.time.Duration;
import java.util.List;
import org.hitc.listener.launcher.os.ProcessCalls;

/**
 * What one run may use (setrlimit(2)).
 *
 * @param time from start to end
 * @param cpuSeconds processor time of each of its processes
 * @param memory address space of each of its processes, in bytes
 * @param processes processes of the account, wherever they were started
 * @param files open at once in each process
 * @param fileSize of a file it writes, in bytes
 */
record Limits(
    Duration time, long cpuSeconds, long memory, long processes, long files, long fileSize) {

  /**
   * How much of a core is let through: one byte, which is less than any core file has and, other
   * than 0, also keeps the kernel from feeding a core to a program (core(5), core_pattern).
   * Nothing, where the launcher itself has no more: a limit cannot be raised everywhere.
   */
  static long core() {
    return ProcessCalls.hardLimitOfCores() == 0 ? 0 : 1;
  }

  static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(60), 60, 512L << 20, 64, 256, 64L << 20);

  /**
   * As options of prlimit(1).
   *
   * @param core bytes of a core file; see {@link #core}
   */
  List<String> options(long core) {
    return List.of(
        "--core=" + core + ":" + core,
        // SIGXCPU first, which a program may catch; SIGKILL a second later.
        "--cpu=" + cpuSeconds + ":" + (cpuSeconds + 1),
        "--as=" + memory + ":" + memory,
        "--nproc=" + processes + ":" + processes,
        "--nofile=" + files + ":" + files,
        "--fsize=" + fileSize + ":" + fileSize);
  }
}
