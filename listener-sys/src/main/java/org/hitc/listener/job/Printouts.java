package org.hitc.listener.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What programs printed, byte for byte: one file a job in a folder that only the listener can read.
 * A printout is for looking at and downloading; it is not what must survive a power cut, so it is
 * not forced to the disk.
 */
public final class Printouts {
  private static final Pattern REFERENCE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{2}");

  private final Path folder;

  /**
   * @param folder is made (mode 0700) when it does not exist
   */
  public Printouts(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    this.folder = folder;
  }

  /** Keeps what the program of this job printed. */
  void keep(String reference, byte[] bytes) throws IOException {
    try (var file =
        Files.newByteChannel(
            file(reference),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      var buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    }
  }

  /** What the program of this job printed, if it is still kept; to be closed. */
  public Optional<InputStream> open(String reference) {
    try {
      return Optional.of(Files.newInputStream(file(reference)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private Path file(String reference) {
    if (!REFERENCE.matcher(reference).matches()) {
      throw new IllegalArgumentException("not a reference");
    }
    return folder.resolve(reference);
  }
}
