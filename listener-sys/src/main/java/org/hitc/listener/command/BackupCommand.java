package org.hitc.listener.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hitc.listener.backup.Backup;
import org.hitc.session.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies an installation while it runs. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a backup: users, audit log, records of jobs, configuration; no private key and no",
      "session. The listener goes on meanwhile. As root or as sys_side."
    })
final class BackupCommand implements Callable<Integer> {
  @Option(names = "--config", description = "listener.yaml (default: /etc/hitc/listener.yaml)")
  private Path config = Path.of("/etc/hitc/listener.yaml");

  @Option(names = "--to", required = true, description = "a file that is not there yet")
  private Path file = Path.of("backup.zip");

  @Option(names = "--try-out", description = "believe files of the user who runs this")
  private boolean tryOut;

  @Override
  public Integer call() throws Exception {
    // Made before root is given up: it may lie where the listener's user has no business.
    try (FileChannel made = make(file)) {
      try {
        write(made).forEach(System.out::println);
      } catch (Exception e) {
        made.truncate(0);
        throw new IOException("there is no backup, " + file + " is empty: " + e.getMessage(), e);
      }
    }
    System.out.println("The backup is whole: " + file);
    return 0;
  }

  private List<String> write(FileChannel made) throws Exception {
    Installation installation = Installation.open(config, tryOut);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(made));
    try (Store store = installation.store()) {
      List<String> said =
          new Backup(installation.config(), config.toAbsolutePath(), store)
              .write(out, Instant.now());
      out.flush();
      made.force(true);
      installation.leaveNotice(store, "backup", file.toString());
      return said;
    }
  }

  private static FileChannel make(Path file) throws IOException {
    try {
      return FileChannel.open(
          file,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " is there already; a backup replaces nothing", e);
    } catch (IOException e) {
      String folder = String.valueOf(file.toAbsolutePath().getParent());
      throw new IOException(
          Files.isDirectory(file.toAbsolutePath().resolveSibling("."))
              ? file + " cannot be made: " + e.getMessage()
              : "there is no folder " + folder,
          e);
    }
  }
}
