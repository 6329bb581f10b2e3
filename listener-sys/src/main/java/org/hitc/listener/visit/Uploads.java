package org.hitc.listener.visit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Files that people uploaded: private copies that programs of this service can read and nobody can
 * change. Their names are ours; what the browser called them is only shown.
 */
public final class Uploads {
  private final Path folder;
  private final Supplier<String> freshIds;
  private final KeepingQuota quota;

  /**
   * @param folder is made (mode 0700) when it does not exist
   * @param freshIds gives unguessable names
   */
  public Uploads(Path folder, Supplier<String> freshIds, KeepingQuota quota) throws IOException {
    // Several nodes may share it, and start at once.
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    this.folder = folder;
    this.freshIds = freshIds;
    this.quota = quota;
  }

  /** Keeps a file of this user; the path of the copy. */
  public Path keep(String user, byte[] bytes) throws IOException {
    quota.take(user, bytes.length);
    Path copy = folder.resolve(freshIds.get());
    try (var file =
        Files.newByteChannel(
            copy,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    }
    return copy;
  }

  /** Removes what was kept before this moment; at most so many files, so that it stays short. */
  public int removeBefore(Instant moment, int limit) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (removed >= limit) {
          break;
        }
        if (Files.getLastModifiedTime(file).toInstant().isBefore(moment)
            && Files.deleteIfExists(file)) {
          removed++;
        }
      }
    }
    return removed;
  }
}
