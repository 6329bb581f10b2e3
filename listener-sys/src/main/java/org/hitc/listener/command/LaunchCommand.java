package org.hitc.listener.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hitc.listener.launcher.Alone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the command line of the launcher, one word a line; the script becomes that process. */
@Command(
    name = "launch",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the launcher, which starts steps as other users, until it is told to stop (root).",
      "With it ends everything that it has started."
    })
final class LaunchCommand implements Callable<Integer> {
  @Option(names = "--policy", description = "default: ${DEFAULT-VALUE}")
  private Path policy = Path.of("/etc/hitc/launcher.yaml");

  @Override
  public Integer call() throws Exception {
    Side.LAUNCHER
        .lines(Alone.command(""), List.of("--policy", policy.toAbsolutePath().toString()))
        .forEach(System.out::println);
    return 0;
  }
}
