package org.hitc.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hitc.channel.os.PosixFiles;

/**
 * What must be true of the process before it may listen.
 *
 * @param uid its user
 * @param nameEncoding {@code sun.jnu.encoding}: with anything but UTF-8 Java turns characters of
 *     file names into {@code ?} silently
 * @param hasRandom whether {@code /dev/urandom} is there; without it each key takes seconds
 */
record StartChecks(int uid, String nameEncoding, boolean hasRandom) {

  /** Those of this process. */
  static StartChecks ofThisProcess() {
    return new StartChecks(
        PosixFiles.getuid(),
        System.getProperty("sun.jnu.encoding", ""),
        Files.isReadable(Path.of("/dev/urandom")));
  }

  /** What is wrong, each with what to do. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (uid == 0) {
      problems.add("runs as root: start it as web-side, in its chroot");
    }
    if (!nameEncoding.equals("UTF-8")) {
      problems.add(
          "file names are in "
              + nameEncoding
              + ", not UTF-8: set LC_ALL=C.UTF-8 and put that locale into the chroot");
    }
    if (!hasRandom) {
      problems.add("/dev/urandom is missing: make it in the chroot");
    }
    return problems;
  }
}
