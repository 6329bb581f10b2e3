package org.hitc.listener.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints the listener's command line, a word a line, which {@code hitc} then becomes: the listener
 * has a class path, a heap and a start of its own, and nothing of this command's.
 */
@Command(
    name = "listen",
    mixinStandardHelpOptions = true,
    description =
        "Runs the listener until it is told to stop; as the user sys_side of its configuration.")
final class ListenCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "listener.yaml")
  private Path config = Path.of("/etc/hitc/listener.yaml");

  @Option(names = "--try-out", description = "believe files of the user who runs this")
  private boolean tryOut;

  @Override
  public Integer call() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--config", config.toAbsolutePath().toString()));
    if (tryOut) {
      arguments.add("--try-out");
    }
    Side.LISTENER.lines(List.of(), arguments).forEach(System.out::println);
    return 0;
  }
}
