package org.hitc.listener.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.hitc.listener.backup.Restore;
import org.hitc.session.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts back what is missing out of a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts back what is missing out of a backup, and replaces nothing. The audit log of the backup",
      "goes into a folder of its own. The listener may run meanwhile. On a new machine: after hitc",
      "setup, and before the listener's first start. As root or as sys_side."
    })
final class RestoreCommand implements Callable<Integer> {
  @Option(names = "--config", description = "listener.yaml (default: /etc/hitc/listener.yaml)")
  private Path config = Path.of("/etc/hitc/listener.yaml");

  @Option(names = "--from", required = true, description = "what hitc backup has written")
  private Path file = Path.of("backup.zip");

  @Option(names = "--try-out", description = "believe files of the user who runs this")
  private boolean tryOut;

  @Override
  public Integer call() throws Exception {
    // Opened before root is given up: it is nobody's but root's.
    try (FileChannel in = FileChannel.open(file)) {
      Installation installation = Installation.open(config, tryOut);
      try (Store store = installation.store()) {
        List<String> said = new Restore(installation.config(), store).read(in, Instant.now());
        said.forEach(System.out::println);
        installation.leaveNotice(store, "restore", file.toString());
        return 0;
      }
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + e.getFile(), e);
    }
  }
}
