package org.hitc.session.signin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What a file says, read again when it has changed. Safe for use by many threads. */
final class Reread<T> {
  private final Path file;
  private final Reader<T> reader;
  private final AtomicReference<Loaded<T>> loaded;

  /** Reads the file, after having looked who may write it. */
  interface Reader<T> {
    /**
     * The content of the file.
     *
     * @throws SignInException with everything that is wrong
     */
    T read(Path file) throws IOException;
  }

  private record Loaded<T>(Map<String, Object> attributes, T content) {}

  /**
   * Reads it for the first time.
   *
   * @throws SignInException when the file is missing, not safe, or wrong
   */
  Reread(Path file, Reader<T> reader) {
    this.file = file;
    this.reader = reader;
    this.loaded = new AtomicReference<>(load());
  }

  /**
   * What it says now.
   *
   * @throws SignInException when the file is missing, not safe, or wrong
   */
  T now() {
    Loaded<T> known = loaded.get();
    if (known.attributes().equals(attributes())) {
      return known.content();
    }
    Loaded<T> fresh = load();
    loaded.set(fresh);
    return fresh.content();
  }

  private Loaded<T> load() {
    // Taken before reading: a change during it is seen by the next look.
    Map<String, Object> attributes = attributes();
    try {
      return new Loaded<>(attributes, reader.read(file));
    } catch (IOException e) {
      throw new SignInException(file + ": " + e.getMessage(), e);
    }
  }

  /** The change time catches what keeps size and modification time, such as another mode. */
  private Map<String, Object> attributes() {
    try {
      return Files.readAttributes(
          file, "unix:dev,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new SignInException(file + ": " + e.getMessage(), e);
    }
  }
}
