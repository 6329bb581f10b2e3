package org.hitc.listener.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the command line of the authenticator; the script becomes that process. */
@Command(
    name = "authenticate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the authenticator, which says who may sign in, until it is told to stop (root, or the",
      "user auth_side of its configuration)."
    })
final class AuthenticateCommand implements Callable<Integer> {
  @Option(names = "--config", description = "default: ${DEFAULT-VALUE}")
  private Path config = Path.of("/etc/hitc/authenticator.yaml");

  @Override
  public Integer call() throws Exception {
    Side.AUTHENTICATOR
        .lines(List.of(), List.of("--config", config.toAbsolutePath().toString()))
        .forEach(System.out::println);
    return 0;
  }
}
