package org.hitc.listener.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.hitc.session.file.PrivateFile;

/**
 * The audit log out of a backup, in a folder of its own beside that of the listener, which never
 * goes on with it: its numbers would come again, and contradict the checkpoints that were made
 * between the backup and the loss. The folder appears whole or not at all.
 */
final class RestoredLog implements AutoCloseable {
  static final String CHECKPOINTS = "checkpoints";

  private static final String NAME = "audit-restored-";
  private static final String UNFINISHED = ".new";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Path fresh;
  private final boolean present;

  private RestoredLog(Path folder, Path fresh, boolean present) {
    this.folder = folder;
    this.fresh = fresh;
    this.present = present;
  }

  /**
   * Begins one. What a restore has left that was killed is removed.
   *
   * @param log that of the listener
   * @param at when the backup was made
   */
  static RestoredLog begin(Path log, Instant at) throws IOException {
    Path folder = log.resolveSibling(NAME + TIME.format(at));
    Path fresh = folder.resolveSibling("." + folder.getFileName() + UNFINISHED);
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            folder.toAbsolutePath().resolveSibling("."), "." + NAME + "*" + UNFINISHED)) {
      for (Path unfinished : left) {
        remove(unfinished);
      }
    }
    boolean present = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    if (!present) {
      Files.createDirectory(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new RestoredLog(folder, fresh, present);
  }

  /** Adds a part, by the name of its file. */
  void add(String name, InputStream bytes) throws IOException {
    if (!present) {
      PrivateFile.create(fresh.resolve(name), bytes);
    }
  }

  /** Adds the checkpoints, with the mode that the listener gives them. */
  void addCheckpoints(InputStream bytes) throws IOException {
    add(CHECKPOINTS, bytes);
    if (!present) {
      Files.setPosixFilePermissions(
          fresh.resolve(CHECKPOINTS), PosixFilePermissions.fromString("rw-r-----"));
    }
  }

  /**
   * Ends it.
   *
   * @return what was done, in words for the operator
   */
  String finish() throws IOException {
    if (present) {
      return "left as it is: " + folder;
    }
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names =
        FileChannel.open(folder.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
      names.force(true);
    }
    return "put back: " + folder + ", the audit log of before; the listener begins its own";
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
      remove(fresh);
    }
  }

  private static void remove(Path unfinished) throws IOException {
    try (Stream<Path> files = Files.walk(unfinished)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw new IOException(unfinished + " could not be removed", e);
    }
  }
}
