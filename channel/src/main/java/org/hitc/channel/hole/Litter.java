package org.hitc.channel.hole;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.FileName;
import org.hitc.channel.os.FileStatus;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/**
 * Removes what lies in {@code jobs} longer than it should and belongs to no running request, a
 * bounded number of entries at a time. Names are never interpreted. A directory goes when it is
 * empty; one that is not stays and is stepped over, since looking into a tree that somebody else
 * keeps changing has no end.
 */
final class Litter implements AutoCloseable {
  private final int directory;
  private final HoleLimits.Spool limits;

  /**
   * @param directory a descriptor of its own, which this object closes
   */
  Litter(int directory, HoleLimits.Spool limits) {
    this.directory = directory;
    this.limits = limits;
  }

  /**
   * One pass; the next goes on where it stopped.
   *
   * @param inUse whether a name belongs to a running request
   */
  void sweep(Predicate<FileName> inUse) throws PosixException {
    List<FileName> names = new ArrayList<>();
    while (names.size() < limits.entriesPerPass()) {
      if (PosixFiles.readDirectory(directory, entry -> names.add(entry.name())) == 0) {
        PosixFiles.rewind(directory);
        break;
      }
    }
    Instant newest = Instant.now().minus(limits.litterAge());
    for (FileName name : names) {
      String raw = name.raw();
      if (!raw.equals(".") && !raw.equals("..") && !inUse.test(name)) {
        removeIfOlder(name, newest);
      }
    }
  }

  @Override
  public void close() throws PosixException {
    PosixFiles.close(directory);
  }

  /** Removes a name; that it is gone already, or a directory with something in it, is no error. */
  static void remove(int directory, String name, boolean isDirectory) throws PosixException {
    remove(directory, FileName.of(name), isDirectory);
  }

  private void removeIfOlder(FileName name, Instant newest) throws PosixException {
    FileStatus status;
    try {
      status = PosixFiles.statusAt(directory, name);
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return;
      }
      throw e;
    }
    if (status.changed().isBefore(newest)) {
      remove(directory, name, status.type() == FileStatus.Type.DIRECTORY);
    }
  }

  private static void remove(int directory, FileName name, boolean isDirectory)
      throws PosixException {
    try {
      if (isDirectory) {
        PosixFiles.rmdir(directory, name);
      } else {
        PosixFiles.unlink(directory, name);
      }
    } catch (PosixException e) {
      // ENOTDIR and EISDIR: it was exchanged since we looked; the next pass sees what it is now.
      if (!e.is(Errno.ENOENT, Errno.ENOTEMPTY, Errno.ENOTDIR, Errno.EISDIR)) {
        throw e;
      }
    }
  }
}
