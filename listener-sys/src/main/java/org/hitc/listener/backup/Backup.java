package org.hitc.listener.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

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
  private static final String CONFIG = "config/";

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
    String about = "instance %s%nat %s%n".formatted(config.instance(), now);
    archive.add(ABOUT, new ByteArrayInputStream(about.getBytes(UTF_8)));
    for (Placed placed : Placed.present(config)) {
      add(archive, placed);
      said.add(placed.name());
    }
    archive.add(JOBS, out -> said.add(JobCopies.write(store, out) + " records of jobs"));
    said.addAll(configuration(archive));
    archive.finish();
    return said;
  }

  private static void add(ArchiveWriter archive, Placed placed) throws IOException {
    if (!Files.isRegularFile(placed.file(), LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(placed.file() + " is not a regular file");
    }
    try (InputStream in = Files.newInputStream(placed.file(), LinkOption.NOFOLLOW_LINKS)) {
      archive.add(
          placed.name(),
          out -> {
            if (placed.isLog()) {
              WholeLines.copy(in, out);
            } else {
              in.transferTo(out);
            }
          });
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
    int workflows = 0;
    try (Stream<Path> files = Files.walk(config.workflows())) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = "workflows/" + config.workflows().relativize(file);
        // What an editor left there (.name.swp) is none of ours.
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Archive.isName(CONFIG + name)) {
          addConfig(archive, name, file);
          workflows++;
        }
      }
    }
    return List.of("listener.yaml, programs.yaml and %d files of workflows".formatted(workflows));
  }

  private static void addConfig(ArchiveWriter archive, String name, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      archive.add(CONFIG + name, in);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " has vanished while it was copied; try again", e);
    }
  }
}
