package org.hitc.session.store.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hitc.session.file.PrivateFile;
import org.hitc.session.store.Migration;
import org.hitc.session.store.SqliteStore;

/** An embedded store as {@code hitc store migrate} makes it, made once and copied. */
public final class FreshStore {
  private FreshStore() {}

  private static final class Made {
    private static final byte[] BYTES = make();

    private static byte[] make() {
      try {
        Path folder = Files.createTempDirectory("hitc-store-");
        Path file = folder.resolve("store.db");
        Migration.sqlite(file, "main");
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(folder);
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Opens the store in this file; makes it when there is none. */
  public static SqliteStore open(Path file) {
    try {
      if (!Files.exists(file)) {
        PrivateFile.create(file, Made.BYTES);
      }
      return SqliteStore.open(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
