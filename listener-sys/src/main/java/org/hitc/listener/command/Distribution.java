package org.hitc.listener.command;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the assembled product lies: two folders above the jar that this class came from. */
final class Distribution {
  private Distribution() {}

  /** The folder with {@code gateway}, {@code listener} and {@code examples}. */
  static Path folder() throws IOException {
    try {
      Path jar =
          Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = jar.resolve("../../..").normalize();
      if (Files.isDirectory(folder.resolve(Side.GATEWAY.folder()))) {
        return folder;
      }
      throw new IOException(folder + " is not an assembled product; run ./hitc build");
    } catch (URISyntaxException e) {
      throw new IOException("the place of the product is unknown", e);
    }
  }
}
