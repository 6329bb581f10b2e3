package org.hitc.listener.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.SafePath;
import org.hitc.listener.program.Service;

/**
 * The temporary place of a demo, and its removal. A janitor, a process of its own in a session of
 * its own, waits until the starter has ended, in whatever way, and then unmounts and removes.
 */
final class DemoPlace implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Path SHELL = Path.of("/bin/sh");

  /** What /proc/mounts, YAML and a class path need no quotes for. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}/._+@-]+");

  /** Waits for the end of its input, then for the two processes, unmounts, removes. */
  private static final String JANITOR =
      """
      trap '' INT TERM HUP
      cat >/dev/null
      tries=0
      while [ $tries -lt 50 ] && grep -q " $1 " /proc/mounts; do
        umount "$1" 2>/dev/null || sleep 0.1
        tries=$((tries + 1))
      done
      ! grep -q " $1 " /proc/mounts || umount -l "$1"
      rm -rf --one-file-system "$2" || { sleep 1; rm -rf --one-file-system "$2"; }
      """;

  private final Path folder;
  private final Service janitor;

  private DemoPlace(Path folder, Service janitor) {
    this.folder = folder;
    this.janitor = janitor;
  }

  /**
   * Makes the place.
   *
   * @param wanted a folder that does not exist yet or is empty; absent: a fresh one
   * @throws IOException when it cannot be made, or there is something in it
   */
  static DemoPlace make(Optional<Path> wanted, boolean root) throws IOException {
    Path folder = wanted.isPresent() ? wanted.get().toAbsolutePath().normalize() : fresh(root);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new IOException(folder + " is not empty; name a folder that does not exist yet");
        }
      }
    }
    requirePlainName(folder);
    makeFolder(folder);
    Path real = folder.toRealPath();
    requirePlainName(real);
    Path log = real.resolve("log");
    makeFolder(log);
    requireSafe(log);
    Service janitor =
        Service.start(
            List.of(
                SHELL.toString(),
                "-c",
                JANITOR,
                "janitor",
                real.resolve("chroot/hole/spool").toString(),
                real.toString()),
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
            log.resolve("janitor.log"));
    return new DemoPlace(real, janitor);
  }

  private static void requirePlainName(Path folder) throws IOException {
    if (!NAME.matcher(folder.toString()).matches()) {
      throw new IOException(
          folder + ": the path of a demo may hold letters, digits and / . _ + @ - only");
    }
  }

  /** Who else could put something in the place of what is about to be written and run? */
  private static void requireSafe(Path log) throws IOException {
    List<String> unsafe = SafePath.ownedByRootOr(PosixFiles.geteuid()).folder(log);
    if (!unsafe.isEmpty()) {
      Files.delete(log);
      throw new IOException("others could change the demo: " + String.join("; ", unsafe));
    }
  }

  private static Path fresh(boolean root) {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    // Not /run: it is often mounted noexec and nodev. Not /tmp as root: others can write there.
    Path above = root ? Path.of("/var/lib") : Path.of(System.getProperty("java.io.tmpdir"));
    return above.resolve("hitc-demo-" + HexFormat.of().formatHex(random));
  }

  Path folder() {
    return folder;
  }

  Path chroot() {
    return folder.resolve("chroot");
  }

  Path log(String name) {
    return folder.resolve("log").resolve(name + ".log");
  }

  /** A folder that everybody may enter and nobody else may write to. */
  static Path makeFolder(Path folder) throws IOException {
    return Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  /** A file that everybody may read and nobody else may write to. */
  static void write(Path file, String content) throws IOException {
    Files.writeString(file, content, StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /** Mounts a small file system over the spool, so that a full spool fills nothing else. */
  Optional<String> mountSpool(Path spool) throws InterruptedException {
    try {
      Service.run(
          List.of(
              "/bin/mount",
              "-t",
              "tmpfs",
              "-o",
              "size=64m,nr_inodes=20000,mode=0755,nodev,nosuid,noexec",
              "hitc-spool",
              spool.toString()),
          log("setup"),
          PATIENCE);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the spool has no file system of its own: " + e.getMessage());
    }
  }

  /** Makes the devices without which the JVM has no randomness. */
  void makeDevices(Path dev) throws IOException, InterruptedException {
    List<List<String>> commands = new ArrayList<>();
    commands.add(
        List.of("/bin/mknod", "-m", "0444", dev.resolve("random").toString(), "c", "1", "8"));
    commands.add(
        List.of("/bin/mknod", "-m", "0444", dev.resolve("urandom").toString(), "c", "1", "9"));
    for (List<String> command : commands) {
      Service.run(command, log("setup"), PATIENCE);
    }
  }

  /** Lets the janitor do its work, and waits for it. */
  @Override
  public void close() throws IOException {
    janitor.close();
    try {
      if (janitor.awaitEnd(PATIENCE).isEmpty()) {
        throw new IOException(folder + " could not be removed in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
