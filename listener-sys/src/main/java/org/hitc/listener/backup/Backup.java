package org.hitc.listener.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.channel.hole.Layout;
import org.hitc.listener.audit.OpenLog;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.job.JobCopies;
import org.hitc.session.store.Store;

/**
 * Copies what cannot be made anew: the audit log, users, the public keys, the key of the argument
 * digests, what became of jobs, and the configuration. The listener goes on meanwhile; each file is
 * copied as of one moment.
 *
 * <p>Not copied: private keys (new ones are made), sessions, visits and their pages. To give a
 * session back would revive what somebody has ended; to give a visit back would offer a change
 * again that was made after the copy.
 */
public final class Backup {
  static final String ABOUT = "about";
  static final String JOBS = "store/jobs";
  static final String CHECKPOINTS = "audit-checkpoints";
  static final String LOG = "audit/";
  static final String CONFIG = "config/";

  private final ListenerConfig config;
  private final Path configFile;
  private final Store store;

  /**
   * @param configFile where {@code config} was read from
   */
  public Backup(ListenerConfig config, Path configFile, Store store) {
    this.config = config;
    this.configFile = configFile;
    this.store = store;
  }

  /**
   * Writes a backup.
   *
   * @return what is in it, in words for the operator
   * @throws IOException when something cannot be read or written: there is no backup then
   */
  public List<String> write(OutputStream to, Instant now) throws IOException {
    List<String> said = new ArrayList<>();
    ArchiveWriter archive = new ArchiveWriter(to);
    archive.add(ABOUT, new ByteArrayInputStream(new About(config.instance(), now).bytes()));
    said.addAll(auditLog(archive));
    // Behind the log: a key is there before it seals anything.
    for (Placed placed : Placed.present(config)) {
      requireFile(placed.file());
      try (InputStream in = Files.newInputStream(placed.file(), LinkOption.NOFOLLOW_LINKS)) {
        archive.add(placed.name(), in);
      }
      said.add(placed.name());
    }
    archive.add(JOBS, out -> said.add(JobCopies.write(store, out) + " records of jobs"));
    said.addAll(configuration(archive));
    archive.finish();
    return said;
  }

  /** Checkpoints first: the log that is opened then has all that they speak of. */
  private List<String> auditLog(ArchiveWriter archive) throws IOException {
    List<String> said = new ArrayList<>();
    Path checkpoints = config.audit().checkpoints();
    if (Files.exists(checkpoints, LinkOption.NOFOLLOW_LINKS)) {
      requireFile(checkpoints);
      try (InputStream in = Files.newInputStream(checkpoints, LinkOption.NOFOLLOW_LINKS)) {
        archive.add(CHECKPOINTS, out -> WholeLines.copy(in, out));
      }
      said.add(CHECKPOINTS);
    }
    try (OpenLog log = OpenLog.of(config.audit().log())) {
      for (OpenLog.Part part : log.parts()) {
        String name = LOG + part.file().getFileName();
        archive.add(name, out -> WholeLines.copy(part.bytes(), out));
        said.add(name);
      }
    }
    return said;
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is not a regular file");
    }
  }

  /** A copy to look at; it is root's, and a restore leaves it alone. */
  private List<String> configuration(ArchiveWriter archive) throws IOException {
    addConfig(archive, "listener.yaml", configFile);
    addConfig(archive, "programs.yaml", config.programs());
    Optional<Path> roles = config.signIn().rolesFile();
    if (roles.isPresent()) {
      addConfig(archive, "roles", roles.get());
    }
    int workflows = folder(archive, "workflows/", config.workflows());
    int words = folder(archive, "messages/", new Layout(config.root()).messages());
    return List.of(
        "listener.yaml, programs.yaml, %d files of workflows and %d of words"
            .formatted(workflows, words));
  }

  /** All files of a folder, which need not be there. */
  private static int folder(ArchiveWriter archive, String as, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    int count = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = as + folder.relativize(file);
        // What an editor left there (.name.swp) is none of ours.
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Archive.isName(CONFIG + name)) {
          addConfig(archive, name, file);
          count++;
        }
      }
    }
    return count;
  }

  private static void addConfig(ArchiveWriter archive, String name, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      archive.add(CONFIG + name, in);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " has vanished while it was copied; try again", e);
    }
  }
}
