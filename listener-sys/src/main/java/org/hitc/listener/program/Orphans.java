package org.hitc.listener.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc} tells about other processes (proc(5)). Everything read here may be out of date
 * at once, and a program writes its own environment as it likes.
 */
final class Orphans {
  /** The variable that names the installation whose listener started a program. */
  static final String INSTANCE = "HITC_INSTANCE";

  /** The variable that names the listener among those of the installation. */
  static final String NODE = "HITC_NODE";

  /** The variable that names the job it was started for. */
  static final String JOB = "HITC_JOB";

  private static final Path PROC = Path.of("/proc");

  private Orphans() {}

  /** All process ids. */
  static List<Integer> processes() throws IOException {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path entry : entries) {
        pids.add(Integer.parseInt(entry.getFileName().toString()));
      }
    }
    return pids;
  }

  /**
   * The children of this process's first thread (proc(5), {@code children}): the kernel gives a
   * sub-reaper's orphans to the first thread that lives. Nothing when it does not tell.
   */
  static Optional<List<Integer>> adopted() throws IOException {
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      String children = Files.readString(PROC.resolve("self/task").resolve(self + "/children"));
      return Optional.of(
          Arrays.stream(children.split(" ", -1))
              .filter(pid -> !pid.isBlank())
              .map(Integer::valueOf)
              .toList());
    } catch (NoSuchFileException | java.nio.file.AccessDeniedException _) {
      return Optional.empty();
    }
  }

  /** The parent of a process; nothing when it is gone. */
  static Optional<Integer> parent(int pid) throws IOException {
    Optional<String> stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    // pid (comm) state ppid ...: comm may hold anything, parentheses and blanks too.
    String behind = stat.get().substring(stat.get().lastIndexOf(')') + 2);
    String[] fields = behind.split(" ", 3);
    return Optional.of(Integer.parseInt(fields[1]));
  }

  /** The real user id of a process; nothing when it is gone. */
  static Optional<Integer> owner(int pid) throws IOException {
    return read(pid, "status")
        .flatMap(status -> status.lines().filter(line -> line.startsWith("Uid:")).findFirst())
        .map(line -> Integer.parseInt(line.split("\t", 3)[1]));
  }

  /** The value of a variable in the environment that a process was started with. */
  static Optional<String> variable(int pid, String name) throws IOException {
    Optional<String> environment = read(pid, "environ");
    if (environment.isPresent()) {
      for (String entry : environment.get().split("\0", -1)) {
        if (entry.startsWith(name + "=")) {
          return Optional.of(entry.substring(name.length() + 1));
        }
      }
    }
    return Optional.empty();
  }

  /** Nothing when the process is gone or does not show it to us. */
  private static Optional<String> read(int pid, String file) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(PROC.resolve(Integer.toString(pid)).resolve(file));
      return Optional.of(new String(bytes, ISO_8859_1));
    } catch (NoSuchFileException | java.nio.file.AccessDeniedException _) {
      return Optional.empty();
    } catch (IOException e) {
      if (!Files.exists(PROC.resolve(Integer.toString(pid)))
          || String.valueOf(e.getMessage()).contains("No such process")) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
