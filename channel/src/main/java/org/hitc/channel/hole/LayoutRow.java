package org.hitc.channel.hole;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.hitc.channel.os.FileStatus;

/**
 * One row of the table of files in {@code docs/PROTOCOL.md}.
 *
 * @param group absent where the mode gives a group nothing
 */
record LayoutRow(Path path, FileStatus.Type type, int owner, OptionalInt group, int mode) {
  private static final int FIFO_MODE = 0620;
  private static final int KEY_MODE = 0640;

  /** The table, parents before children. */
  static List<LayoutRow> table(Layout layout, Owners owners) {
    int administrator = owners.administratorUid();
    OptionalInt administratorGroup = OptionalInt.of(owners.administratorGid());
    int sysSide = owners.sysSideUid();
    OptionalInt both = OptionalInt.of(owners.groupGid());
    return List.of(
        folder(layout.hole(), administrator, administratorGroup, 0755),
        folder(layout.ctl(), administrator, both, 0710),
        new LayoutRow(layout.daemon(), FileStatus.Type.FIFO, sysSide, both, FIFO_MODE),
        folder(layout.spool(), administrator, administratorGroup, 0755),
        folder(layout.jobs(), sysSide, both, 03730),
        folder(layout.work(), sysSide, OptionalInt.empty(), 0700),
        folder(layout.keys(), administrator, both, 0750));
  }

  /** What a file in {@link Layout#keys} must be. */
  static LayoutRow key(Path path, Owners owners) {
    return new LayoutRow(
        path,
        FileStatus.Type.REGULAR,
        owners.administratorUid(),
        OptionalInt.of(owners.groupGid()),
        KEY_MODE);
  }

  private static LayoutRow folder(Path path, int owner, OptionalInt group, int mode) {
    return new LayoutRow(path, FileStatus.Type.DIRECTORY, owner, group, mode);
  }

  boolean fits(FileStatus status) {
    return status.type() == type
        && status.uid() == owner
        && group.orElse(status.gid()) == status.gid()
        && status.mode() == mode;
  }

  String words() {
    String ofGroup = group.isPresent() ? ", group " + group.getAsInt() : "";
    return "%s of user %d%s, mode %04o".formatted(type.words(), owner, ofGroup, mode);
  }

  /** The shell command that makes it, where there is nothing. */
  String make() {
    String file = quoted();
    return switch (type) {
      case DIRECTORY -> "mkdir " + file + " && " + amend();
      case FIFO -> "mkfifo " + file + " && " + amend();
      default -> "rm " + file;
    };
  }

  /** The shell command that gives it the right owner and mode; the mode last, chown takes bits. */
  String amend() {
    String to = group.isPresent() ? owner + ":" + group.getAsInt() : Integer.toString(owner);
    return "chown %s %s && chmod %04o %s".formatted(to, quoted(), mode, quoted());
  }

  /** The shell command that puts it in the place of something else. */
  String replace() {
    return "mv %s %s.wrong && %s".formatted(quoted(), quoted(), make());
  }

  private String quoted() {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
