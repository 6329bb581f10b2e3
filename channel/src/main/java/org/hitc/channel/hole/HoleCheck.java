package org.hitc.channel.hole;

import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_DIRECTORY;
import static org.hitc.channel.os.PosixFiles.O_NOFOLLOW;
import static org.hitc.channel.os.PosixFiles.O_PATH;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.FileStatus;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;
import org.hitc.channel.os.PosixFiles.Mounts;

/**
 * Whether the files of the hole are what they must be: type, owner, group and mode of every row of
 * the table, {@code work} on the file system of {@code jobs}, and the key files. No symbolic link
 * below the root is followed. All problems are found at once.
 */
public final class HoleCheck {
  /** A sane installation has a handful of keys. */
  private static final int MAX_KEYS = 100;

  private final Layout layout;
  private final Owners owners;
  private final List<Problem> problems = new ArrayList<>();

  private HoleCheck(Layout layout, Owners owners) {
    this.layout = layout;
    this.owners = owners;
  }

  /**
   * One thing that is not as it must be.
   *
   * @param found what there is
   * @param required what there must be
   * @param cure the shell command that makes it so
   */
  public record Problem(Path path, String found, String required, String cure) {
    @Override
    public String toString() {
      return "%s is %s; it must be %s. To mend it: %s".formatted(path, found, required, cure);
    }
  }

  /** All problems; none means that a listener may start. */
  public static List<Problem> problems(Layout layout, Owners owners) {
    HoleCheck check = new HoleCheck(layout, owners);
    check.checkAll();
    return List.copyOf(check.problems);
  }

  private void checkAll() {
    int root;
    try {
      root =
          PosixFiles.open(AT_FDCWD, layout.root().toString(), O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    } catch (PosixException e) {
      add(layout.root(), Errno.name(e.errno()), "a directory", "mkdir " + layout.root());
      return;
    }
    try {
      for (LayoutRow row : LayoutRow.table(layout, owners)) {
        check(root, row);
      }
      checkDevice(root);
      checkKeys(root);
    } finally {
      close(root);
    }
  }

  private Optional<FileStatus> check(int root, LayoutRow row) {
    Optional<FileStatus> status = status(root, row);
    status
        .filter(found -> !row.fits(found))
        .ifPresent(found ->
            add(
                row.path(),
                words(found),
                row.words(),
                found.type() == row.type() ? row.amend() : row.replace()));
    return status;
  }

  private Optional<FileStatus> status(int root, LayoutRow row) {
    try {
      int fd = open(root, row.path(), O_PATH | O_NOFOLLOW | O_CLOEXEC);
      try {
        return Optional.of(PosixFiles.status(fd));
      } finally {
        PosixFiles.close(fd);
      }
    } catch (PosixException e) {
      add(
          row.path(),
          e.is(Errno.ENOENT) ? "missing" : "not to be reached (" + Errno.name(e.errno()) + ")",
          row.words(),
          e.is(Errno.ENOENT) ? row.make() : row.replace());
      return Optional.empty();
    }
  }

  private void checkDevice(int root) {
    List<LayoutRow> table = LayoutRow.table(layout, owners);
    List<Long> devices =
        table.stream()
            .filter(row -> row.path().equals(layout.jobs()) || row.path().equals(layout.work()))
            .flatMap(row -> quietStatus(root, row).stream())
            .map(FileStatus::device)
            .toList();
    if (devices.stream().distinct().count() > 1) {
      add(
          layout.work(),
          "on another file system than " + layout.jobs(),
          "on the same one, so that requests can be moved",
          "umount " + layout.work());
    }
  }

  /** Without a report: the row has been checked before. */
  private Optional<FileStatus> quietStatus(int root, LayoutRow row) {
    int before = problems.size();
    Optional<FileStatus> status = status(root, row);
    problems.subList(before, problems.size()).clear();
    return status;
  }

  private void checkKeys(int root) {
    try {
      int fd = open(root, layout.keys(), O_RDONLY | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
      List<String> names = new ArrayList<>();
      try {
        while (names.size() <= MAX_KEYS
            && PosixFiles.readDirectory(fd, entry -> names.add(entry.name().raw())) > 0) {}
      } finally {
        PosixFiles.close(fd);
      }
      // A key that is being written is hidden until it is whole.
      names.stream()
          .filter(name -> !name.startsWith("."))
          .limit(MAX_KEYS)
          .forEach(name -> check(root, LayoutRow.key(layout.keys().resolve(name), owners)));
    } catch (PosixException e) {
      // The row of the directory itself has been reported already, with its cure.
      if (problems.isEmpty()) {
        add(layout.keys(), Errno.name(e.errno()), "readable", "ls -ld " + layout.keys());
      }
    }
  }

  private int open(int root, Path path, int flags) throws PosixException {
    return PosixFiles.openBeneath(
        root, layout.root().relativize(path).toString(), flags, Mounts.ANY);
  }

  private void close(int fd) {
    try {
      PosixFiles.close(fd);
    } catch (PosixException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Path path, String found, String required, String cure) {
    problems.add(new Problem(path, found, required, cure));
  }

  private static String words(FileStatus status) {
    return "%s of user %d, group %d, mode %04o"
        .formatted(status.type().words(), status.uid(), status.gid(), status.mode());
  }
}
