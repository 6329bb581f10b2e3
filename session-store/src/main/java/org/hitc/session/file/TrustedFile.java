package org.hitc.session.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Reading files that may be seen by others, but written only by root or by this process's user. */
public final class TrustedFile {
  private static final int ROOT = 0;

  private TrustedFile() {}

  /**
   * The bytes of a regular file of root or of this process's user that is closed to writing for
   * group and others. Root, who could write it anyway, may look at the file of any user.
   *
   * @param limit most bytes it may have
   * @throws PrivateFileException when it is not such a file, or longer; the message says why
   * @throws IOException when there is no such file or it cannot be read
   */
  public static byte[] read(Path file, int limit) throws IOException {
    check(file);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new PrivateFileException(file + " is longer than " + limit + " bytes");
      }
      return bytes;
    }
  }

  private static void check(Path file) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(file, "unix:isRegularFile,mode,uid", LinkOption.NOFOLLOW_LINKS);
    if (!Boolean.TRUE.equals(found.get("isRegularFile"))) {
      throw new PrivateFileException(file + " is not a regular file");
    }
    int owner = PrivateFile.number(found, "uid");
    int self = PrivateFile.ownUid();
    if (owner != ROOT && owner != self && self != ROOT) {
      throw new PrivateFileException(
          file + " belongs to uid " + owner + "; it must be root's, or uid " + self + "'s");
    }
    int mode = PrivateFile.number(found, "mode") & 07777;
    if ((mode & 022) != 0) {
      throw new PrivateFileException(
          "%s has mode %04o: others may write it; chmod go-w %s, and look at what stands in it"
              .formatted(file, mode, file));
    }
  }
}
