package org.hitc.listener.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a log, all of them open at one moment: whatever goes on in a new file meanwhile, no
 * record of before is missing and none is there twice.
 */
public final class OpenLog implements AutoCloseable {
  /** The names change once in 64 MiB of records. */
  private static final int TRIES = 100;

  private final List<Part> parts;

  /**
   * A part.
   *
   * @param file the name that it had when it was opened
   */
  public record Part(Path file, FileChannel channel) {
    /** From where the last one who read it has stopped. */
    public InputStream bytes() {
      return Channels.newInputStream(channel);
    }
  }

  /** Names the parts of a log. */
  @FunctionalInterface
  interface Names {
    List<Path> of(Path log) throws IOException;
  }

  private OpenLog(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Opens a log that may be in use.
   *
   * @param log the part that is written to; the others are beside it
   */
  public static OpenLog of(Path log) throws IOException {
    return of(log, Parts::of);
  }

  static OpenLog of(Path log, Names names) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      try {
        Map<Path, Object> before = inodes(names.of(log));
        OpenLog opened = ofFiles(List.copyOf(before.keySet()));
        boolean same = false;
        try {
          same = inodes(names.of(log)).equals(before);
        } finally {
          if (!same) {
            opened.close();
          }
        }
        if (same) {
          return opened;
        }
      } catch (NoSuchFileException e) {
        if (!Files.isDirectory(log.toAbsolutePath().resolveSibling("."))) {
          throw e;
        }
        // It got another name after it was listed.
      }
    }
    throw new IOException(log + " goes on in a new file all the time");
  }

  private static Map<Path, Object> inodes(List<Path> files) throws IOException {
    Map<Path, Object> inodes = new LinkedHashMap<>();
    for (Path file : files) {
      inodes.put(file, Files.getAttribute(file, "unix:ino"));
    }
    return inodes;
  }

  /** Opens files that nobody renames, in this order. */
  public static OpenLog ofFiles(List<Path> files) throws IOException {
    List<Part> parts = new ArrayList<>();
    try {
      for (Path file : files) {
        parts.add(new Part(file, FileChannel.open(file)));
      }
      return new OpenLog(parts);
    } catch (IOException e) {
      new OpenLog(parts).close();
      throw e;
    }
  }

  /** The oldest first. */
  public List<Part> parts() {
    return parts;
  }

  @Override
  public void close() throws IOException {
    for (Part part : parts) {
      part.channel().close();
    }
  }
}
