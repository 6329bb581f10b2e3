package org.hitc.listener.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code hitc} command. */
@Command(
    name = "hitc",
    mixinStandardHelpOptions = true,
    description = "Old programs on the web, through a hole small enough to trust.",
    subcommands = {
      Demo.class,
      CheckCommand.class,
      ExplainCommand.class,
      UserCommand.class,
      AuditCommand.class,
      SessionsCommand.class,
      KeysCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      SetupCommand.class,
      StoreCommand.class,
      I18nCommand.class,
      ListenCommand.class,
      LaunchCommand.class,
      AuthenticateCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs a subcommand; exit 0: done, 1: refused with a reason, 2: wrong usage. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(Main.class);
    line.setExecutionExceptionHandler((problem, _, _) -> {
      System.err.println("hitc: " + problem.getMessage());
      return 1;
    });
    System.exit(line.execute(arguments));
  }
}
