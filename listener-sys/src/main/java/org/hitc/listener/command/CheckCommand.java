package org.hitc.listener.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hitc.listener.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks everything that a start of the listener would check, and says all that is wrong. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the configuration, the hole, the registered programs and the workflows, and prints",
      "all problems at once. Exit status 0: none; 1: some."
    })
final class CheckCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "listener.yaml")
  private Path config = Path.of("/etc/hitc/listener.yaml");

  @Option(names = "--try-out", description = "believe files of the user who runs this")
  private boolean tryOut;

  @Override
  public Integer call() throws Exception {
    List<String> problems = Listener.problems(config.toAbsolutePath(), tryOut);
    problems.forEach(System.out::println);
    System.out.println(problems.isEmpty() ? "ok" : "not ok");
    return problems.isEmpty() ? 0 : 1;
  }
}
