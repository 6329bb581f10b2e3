package org.hitc.i18n.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** How a file is seen to have changed without reading it. */
public final class FileState {
  private FileState() {}

  /** Name, time and size of a file, or why there are none: another text means that it changed. */
  public static String of(Path file) {
    try {
      return file
          + " "
          + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis()
          + " "
          + Files.size(file);
    } catch (IOException e) {
      return file + " unreadable: " + e.getMessage();
    }
  }
}
