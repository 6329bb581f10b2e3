package org.hitc.listener.command;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the assembled product lies: two folders above the jar that this class came from. */
final class Distribution {
  private Distribution() {}

  /** The command line of this very command, for a process of its own. */
  static List<String> hitc() throws IOException {
    Path natives = folder().resolve(Side.LISTENER.name()).resolve("native");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-UsePerfData",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-Dfile.encoding=UTF-8",
        "-Dsun.stdout.encoding=UTF-8",
        "-Djffi.boot.library.path=" + natives,
        "-Dorg.sqlite.lib.path=" + natives,
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  /** The folder with {@code gateway}, {@code listener} and {@code examples}. */
  static Path folder() throws IOException {
    try {
      Path jar =
          Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = jar.resolve("../../..").normalize();
      if (Files.isDirectory(folder.resolve(Side.GATEWAY.name()))) {
        return folder;
      }
      throw new IOException(folder + " is not an assembled product; run ./hitc build");
    } catch (URISyntaxException e) {
      throw new IOException("the place of the product is unknown", e);
    }
  }
}
