package org.hitc.listener.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.job.JobCopies;
import org.hitc.listener.node.StateLock;
import org.hitc.session.file.PrivateFile;
import org.hitc.session.store.Store;

/**
 * Puts back what is missing; replaces nothing and ends nothing, so it can run while the listener
 * does, and again after it broke off.
 */
public final class Restore {
  private final ListenerConfig config;
  private final Store store;

  public Restore(ListenerConfig config, Store store) {
    this.config = config;
    this.store = store;
  }

  /**
   * Reads a backup whole, then puts back what is missing.
   *
   * @return what was done, in words for the operator
   * @throws IOException when it is not whole, of another installation, or something cannot be
   *     written; what is not whole or of another installation changes nothing
   */
  public List<String> read(InputStream from, Instant now) throws IOException {
    Path folder = Files.createTempDirectory(config.state(), "restore-");
    try {
      Map<String, Path> parts = Archive.unpack(from, folder);
      requireOurs(parts);
      return putBack(parts, now);
    } finally {
      remove(folder);
    }
  }

  private void requireOurs(Map<String, Path> parts) throws IOException {
    Path about = parts.get(Backup.ABOUT);
    if (about == null || !parts.containsKey(Backup.JOBS)) {
      throw new IOException("this is an archive, and not a backup");
    }
    String instance = "instance " + config.instance();
    List<String> told = Files.readAllLines(about, UTF_8);
    if (told.isEmpty() || !told.getFirst().equals(instance)) {
      throw new IOException(
          "this backup is of another installation: "
              + told.stream().findFirst().orElse("(none)")
              + "; this one is "
              + instance);
    }
  }

  private List<String> putBack(Map<String, Path> parts, Instant now) throws IOException {
    List<String> said = new ArrayList<>();
    // The listener writes to its audit log and its checkpoints, under names that it finds free.
    Optional<StateLock> stopped = StateLock.tryTake(config.state());
    try {
      for (Map.Entry<String, Path> part : parts.entrySet()) {
        Optional<Placed> placed = Placed.of(part.getKey(), config);
        if (placed.isPresent()) {
          said.add(
              placed.get().isLog() && stopped.isEmpty()
                  ? "left, because the listener runs: " + placed.get().file()
                  : putBack(placed.get(), part.getValue()));
        }
      }
    } finally {
      if (stopped.isPresent()) {
        stopped.get().close();
      }
    }
    try (InputStream records = Files.newInputStream(parts.get(Backup.JOBS))) {
      JobCopies.Counts counts =
          JobCopies.read(store, records, now, now.plus(config.sessions().absolute()));
      said.add(
          "put back: %d records of jobs, %d of which were running and are unknown now"
              .formatted(counts.added(), counts.settled()));
      said.add(
          "left: %d records that are there, %d past their time"
              .formatted(counts.present(), counts.over()));
    }
    return said;
  }

  private static String putBack(Placed placed, Path part) throws IOException {
    Path file = placed.file();
    if (!Files.isDirectory(file.resolveSibling("."))) {
      throw new IOException(file + " has no folder; run hitc setup, and this again");
    }
    if (placed.isUsers() && isWithoutUsers(file)) {
      PrivateFile.replace(file, Files.readAllBytes(part));
      return "put back: " + file + ", in which nobody was";
    }
    try (InputStream in = Files.newInputStream(part)) {
      PrivateFile.create(file, in);
      return "put back: " + file;
    } catch (FileAlreadyExistsException _) {
      return "left as it is: " + file;
    }
  }

  /** As a set-up makes it. */
  private static boolean isWithoutUsers(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, UTF_8)) {
      return lines.allMatch(line -> line.isBlank() || line.startsWith("#"));
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw new IOException("the unpacked backup in " + folder + " could not be removed", e);
    }
  }
}
