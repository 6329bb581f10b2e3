package org.hitc.listener.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the kernel says of a process (proc(5), {@code status}), also of one that has ended and whose
 * status nobody took yet.
 *
 * @param uids real, effective, saved, of the file system
 * @param gids the same
 * @param capabilities inheritable, permitted, effective, bounding, ambient
 */
record ProcStatus(
    boolean ended,
    List<Integer> uids,
    List<Integer> gids,
    Set<Integer> groups,
    List<String> capabilities,
    boolean noNewPrivileges) {

  /** Of a file that is read, in bytes. */
  private static final int MOST = 128 * 1024;

  private static final Path PROC = Path.of("/proc");
  static final Path ORPHANS = Path.of("/proc/1/task/1/children");

  private static final int SESSION = 3;

  /** Nothing when there is no such process. */
  static Optional<ProcStatus> of(int pid) throws IOException {
    return file(pid, "status").map(ProcStatus::parse);
  }

  static ProcStatus parse(String status) {
    Map<String, String> fields = new HashMap<>();
    for (String line : status.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        // The first of a name counts: a program chooses its own name, but not a line break in it.
        fields.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return new ProcStatus(
        fields.getOrDefault("State", "").startsWith("Z")
            || fields.getOrDefault("State", "").startsWith("X"),
        numbers(fields, "Uid"),
        numbers(fields, "Gid"),
        Set.copyOf(new HashSet<>(numbers(fields, "Groups"))),
        List.of(
            fields.getOrDefault("CapInh", ""),
            fields.getOrDefault("CapPrm", ""),
            fields.getOrDefault("CapEff", ""),
            fields.getOrDefault("CapBnd", ""),
            fields.getOrDefault("CapAmb", "")),
        fields.getOrDefault("NoNewPrivs", "").equals("1"));
  }

  private static List<Integer> numbers(Map<String, String> fields, String key) {
    return Arrays.stream(fields.getOrDefault(key, "").split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .map(Integer::parseUnsignedInt)
        .toList();
  }

  /**
   * What is wrong with it as a process of this account; empty when nothing is, and then nothing can
   * ever be again: without capabilities and with no_new_privs set, none of this can be got back.
   */
  Optional<String> objection(Account account) {
    int uid = (int) account.uid();
    int gid = (int) account.gid();
    if (uid <= 0 || !uids.equals(List.of(uid, uid, uid, uid))) {
      return Optional.of("its uids are " + uids + ", not " + uid);
    }
    if (gid <= 0 || !gids.equals(List.of(gid, gid, gid, gid))) {
      return Optional.of("its gids are " + gids + ", not " + gid);
    }
    if (!groups.equals(account.groups())) {
      return Optional.of("its groups are " + groups + ", not " + account.groups());
    }
    if (!capabilities.stream().allMatch(set -> set.matches("0{16}"))) {
      return Optional.of("it has capabilities: " + capabilities);
    }
    return noNewPrivileges ? Optional.empty() : Optional.of("it may gain new privileges");
  }

  /** All processes of this namespace. */
  static List<Integer> processes() throws IOException {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path entry : entries) {
        pids.add(Integer.parseInt(String.valueOf(entry.getFileName())));
      }
    }
    return pids;
  }

  /** The children of this process's first thread: with process 1, those that lost their parent. */
  static List<Integer> orphans() throws IOException {
    return Arrays.stream(Files.readString(ORPHANS, ISO_8859_1).split(" ", -1))
        .filter(word -> !word.isBlank())
        .map(Integer::valueOf)
        .toList();
  }

  /** The session of a process. */
  static Optional<Integer> session(int pid) throws IOException {
    // pid (comm) state ppid pgrp session: comm may hold anything, parentheses and blanks too.
    return file(pid, "stat")
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ", SESSION + 2))
        .map(fields -> Integer.valueOf(fields[SESSION]));
  }

  /** Whether a process was started with this entry in its environment. */
  static boolean hasVariable(int pid, String entry) throws IOException {
    return file(pid, "environ")
        .filter(all -> Arrays.asList(all.split("\0", -1)).contains(entry))
        .isPresent();
  }

  private static Optional<String> file(int pid, String name) throws IOException {
    Path process = PROC.resolve(Integer.toString(pid));
    // What a program owns, such as its environment, it can make megabytes.
    try (InputStream in = Files.newInputStream(process.resolve(name))) {
      return Optional.of(new String(in.readNBytes(MOST), ISO_8859_1));
    } catch (IOException e) {
      // Gone before it was opened (ENOENT), or between that and the reading (ESRCH).
      if (!Files.exists(process) || String.valueOf(e.getMessage()).contains("No such process")) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
