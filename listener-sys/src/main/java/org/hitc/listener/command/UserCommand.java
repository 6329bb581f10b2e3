package org.hitc.listener.command;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hitc.session.signin.NewUser;
import org.hitc.session.signin.PasswordFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Users in the password file. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "Users in the password file.",
    subcommands = UserCommand.Add.class)
final class UserCommand {

  /** Adds a user; the password is asked for, or is the first line of the input. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds a user. The password is asked for at the terminal, or read from the first line of the",
        "input; never from the command line, which others can see."
      })
  static final class Add implements Callable<Integer> {
    private static final int MAX_LINE = 4096;

    @Option(names = "--file", required = true, description = "the password file; made if missing")
    private Path file = Path.of("/var/lib/hitc/users");

    @Option(names = "--roles", split = ",", description = "roles, separated by commas")
    private List<String> roles = List.of();

    @Option(names = "--language", description = "BCP 47 tag of the user's language")
    private Optional<String> language = Optional.empty();

    @Option(names = "--name", description = "how to address the user (default: the user name)")
    private Optional<String> displayName = Optional.empty();

    @Parameters(paramLabel = "USER", description = "[a-z_][a-z0-9_.-]{0,31}")
    private String user = "";

    @Override
    public Integer call() throws IOException {
      String password = password();
      if (!Files.exists(file)) {
        PasswordFile.create(file);
      }
      PasswordFile.open(file, new SecureRandom())
          .add(new NewUser(user, displayName.orElse(user), language, Set.copyOf(roles)), password);
      System.out.println("added " + user + " to " + file);
      return 0;
    }

    private static String password() throws IOException {
      Optional<Console> terminal =
          Optional.ofNullable(System.console()).filter(Console::isTerminal);
      if (terminal.isEmpty()) {
        return firstLine(System.in);
      }
      String first = new String(terminal.get().readPassword("Password: "));
      String second = new String(terminal.get().readPassword("Again: "));
      if (!first.equals(second)) {
        throw new IOException("the two passwords differ; nothing was changed");
      }
      return first;
    }

    private static String firstLine(InputStream in) throws IOException {
      byte[] bytes = in.readNBytes(MAX_LINE);
      return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
  }
}
