package org.hitc.listener.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.job.JobCopies;
import org.hitc.session.file.PrivateFile;
import org.hitc.session.signin.PasswordFile;
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
   * @param from is read twice, and stays open
   * @return what was done, in words for the operator
   * @throws IOException when it is not whole, of another installation, or something cannot be
   *     written; what is not whole or of another installation changes nothing
   */
  public List<String> read(FileChannel from, Instant now) throws IOException {
    Archive archive = Archive.open(from, Backup.ABOUT);
    About about =
        About.read(archive.about())
            .filter(_ -> archive.names().contains(Backup.JOBS))
            .orElseThrow(() -> new IOException("this is an archive, and not a backup"));
    if (!about.instance().equals(config.instance())) {
      throw new IOException(
          "this backup is of another installation: instance %s; this one is instance %s"
              .formatted(about.instance(), config.instance()));
    }
    List<String> said = new ArrayList<>();
    try (RestoredLog log = RestoredLog.begin(config.audit().log(), about.at())) {
      archive.each((name, bytes) -> part(name, bytes, log, about, now, said));
      if (archive.names().stream().anyMatch(Restore::isOfLog)) {
        said.add(log.finish());
      }
    }
    said.add("left: the configuration; that of the backup is in it, to look at");
    return said;
  }

  private static boolean isOfLog(String name) {
    return name.startsWith(Backup.LOG) || name.equals(Backup.CHECKPOINTS);
  }

  private void part(
      String name, InputStream bytes, RestoredLog log, About about, Instant now, List<String> said)
      throws IOException {
    Optional<Placed> placed = Placed.of(name, config);
    if (placed.isPresent()) {
      said.add(putBack(placed.get(), bytes));
    } else if (name.equals(Backup.CHECKPOINTS)) {
      log.addCheckpoints(bytes);
    } else if (name.startsWith(Backup.LOG) && name.indexOf('/', Backup.LOG.length()) < 0) {
      log.add(name.substring(Backup.LOG.length()), bytes);
    } else if (name.equals(Backup.JOBS)) {
      said.addAll(jobs(bytes, about, now));
    } else if (!name.equals(Backup.ABOUT) && !name.startsWith(Backup.CONFIG)) {
      said.add("not put back: " + name);
    }
  }

  /** A job that was running then has ended by the time that a session could have lasted since. */
  private List<String> jobs(InputStream records, About about, Instant now) throws IOException {
    JobCopies.Counts counts =
        JobCopies.read(store, records, now, about.at().plus(config.sessions().absolute()));
    return List.of(
        "put back: %d records of jobs, %d of which were running and are unknown now"
            .formatted(counts.added(), counts.settled()),
        "left: %d records that are there, %d past their time"
            .formatted(counts.present(), counts.over()));
  }

  private static String putBack(Placed placed, InputStream part) throws IOException {
    Path file = placed.file();
    if (!Files.isDirectory(file.resolveSibling("."))) {
      throw new IOException(file + " has no folder; run hitc setup, and this again");
    }
    if (placed.isUsers() && isWithoutUsers(file)) {
      return PasswordFile.open(file, new SecureRandom()).takeOver(part.readAllBytes())
          ? "put back: " + file + ", in which nobody was"
          : "left as it is: " + file;
    }
    try {
      PrivateFile.create(file, part);
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
}
