package org.hitc.channel.hole;

import static org.hitc.channel.os.PosixFiles.AT_FDCWD;

import org.hitc.channel.os.Errno;
import org.hitc.channel.os.FileStatus;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/**
 * Makes the files of the hole, with the owners and modes of the table: for the installer and the
 * demo, as root or as the one user of the try-out form. What is there already gets the right owner
 * and mode; what is something else is left for {@link HoleCheck} to report.
 */
public final class HoleSetup {
  private HoleSetup() {}

  /**
   * Makes everything below the root, which must exist.
   *
   * @throws PosixException when something cannot be made
   */
  public static void create(Layout layout, Owners owners) throws PosixException {
    for (LayoutRow row : LayoutRow.table(layout, owners)) {
      make(row);
      if (PosixFiles.statusAt(AT_FDCWD, row.path().toString()).type() == row.type()) {
        amend(row);
      }
    }
  }

  private static void make(LayoutRow row) throws PosixException {
    try {
      if (row.type() == FileStatus.Type.FIFO) {
        PosixFiles.mkfifo(AT_FDCWD, row.path().toString(), row.mode());
      } else {
        PosixFiles.mkdir(AT_FDCWD, row.path().toString(), row.mode());
      }
    } catch (PosixException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
    }
  }

  /**
   * Every parent of a row belongs to the administrator: nobody else can put a link in its place.
   */
  private static void amend(LayoutRow row) throws PosixException {
    int unchanged = -1;
    PosixFiles.chownAt(AT_FDCWD, row.path().toString(), row.owner(), row.group().orElse(unchanged));
    PosixFiles.chmodAt(AT_FDCWD, row.path().toString(), row.mode());
  }
}
