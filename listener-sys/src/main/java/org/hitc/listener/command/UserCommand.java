package org.hitc.listener.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.hitc.session.signin.KnownUser;
import org.hitc.session.signin.NewUser;
import org.hitc.session.signin.UserEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Users in the password file. The listener sees every change at the next request. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "Users in the password file.",
    subcommands = {
      UserCommand.Add.class,
      UserCommand.Passwd.class,
      UserCommand.Disable.class,
      UserCommand.Enable.class,
      UserCommand.Roles.class,
      UserCommand.SecondFactor.class,
      UserCommand.Remove.class,
      UserCommand.ListUsers.class
    })
final class UserCommand {

  /** Which password file. */
  static final class WhichFile {
    @Option(
        names = "--config",
        description =
            "listener.yaml that names the password file, or the authenticator that has it;"
                + " default: /etc/hitc/listener.yaml")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--file", description = "the password file itself")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--try-out", description = "believe files of the user who runs this")
    private boolean tryOut;

    UserFile open() throws IOException {
      if (file.isPresent()) {
        if (config.isPresent()) {
          throw new IOException("--file and --config are two answers to one question; give one");
        }
        return UserFile.given(file.get());
      }
      Path from = config.orElse(Path.of("/etc/hitc/listener.yaml")).toAbsolutePath();
      if (!Files.exists(from)) {
        throw new IOException("there is no " + from + "; say --config FILE or --file FILE");
      }
      return UserFile.configured(from, tryOut);
    }
  }

  /** Adds a user; the password is asked for, or is the first line of the input. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds a user. The password is asked for at the terminal, or read from the first line of the",
        "input; never from the command line, which others can see."
      })
  static final class Add implements Callable<Integer> {
    @Mixin private WhichFile which = new WhichFile();

    @Option(names = "--roles", split = ",", description = "roles, separated by commas")
    private List<String> roles = List.of();

    @Option(names = "--language", description = "BCP 47 tag of the user's language")
    private Optional<String> language = Optional.empty();

    @Option(names = "--name", description = "how to address the user (default: the user name)")
    private Optional<String> displayName = Optional.empty();

    @Option(
        names = "--must-change",
        description = "the user has to choose another password at the first sign-in")
    private boolean mustChange;

    @Parameters(paramLabel = "USER", description = "[a-z_][a-z0-9_.-]{0,31}")
    private String user = "";

    @Override
    public Integer call() throws IOException {
      UserFile file = which.open();
      String password = TypedPassword.ask();
      file.openOrCreate()
          .add(
              new NewUser(user, displayName.orElse(user), language, Set.copyOf(roles)),
              password,
              mustChange);
      file.changed("user-add", user);
      System.out.println("added " + user + " to " + file.path());
      return 0;
    }
  }

  /** Gives a user another password. */
  @Command(
      name = "passwd",
      mixinStandardHelpOptions = true,
      description = {
        "Gives a user another password, asked for as with add. Running sessions of the user end."
      })
  static final class Passwd implements Callable<Integer> {
    @Mixin private WhichFile which = new WhichFile();

    @Option(
        names = "--must-change",
        description = "the user has to choose another password at the next sign-in")
    private boolean mustChange;

    @Parameters(paramLabel = "USER")
    private String user = "";

    @Override
    public Integer call() throws IOException {
      UserFile file = which.open();
      file.open().setPassword(user, TypedPassword.ask(), mustChange);
      file.signedOut("user-password", user);
      System.out.println(
          "changed the password of " + user + (mustChange ? "; it must be changed again" : ""));
      return 0;
    }
  }

  /** Keeps a user from signing in. */
  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Keeps a user from signing in, and ends the user's sessions.")
  static final class Disable implements Callable<Integer> {
    @Mixin private WhichFile which = new WhichFile();

    @Parameters(paramLabel = "USER")
    private String user = "";

    @Override
    public Integer call() throws IOException {
      UserFile file = which.open();
      file.open().setEnabled(user, false);
      file.signedOut("user-disable", user);
      System.out.println("disabled " + user);
      return 0;
    }
  }

  /** Lets a disabled user sign in again. */
  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Lets a disabled user sign in again, with the password as it was.")
  static final class Enable implements Callable<Integer> {
    @Mixin private WhichFile which = new WhichFile();

    @Parameters(paramLabel = "USER")
    private String user = "";

    @Override
    public Integer call() throws IOException {
      UserFile file = which.open();
      file.open().setEnabled(user, true);
      file.changed("user-enable", user);
      System.out.println("enabled " + user);
      return 0;
    }
  }

  /** Replaces the roles of a user. */
  @Command(
      name = "roles",
      mixinStandardHelpOptions = true,
      description = {
        "Gives a user these roles and no others, from the next request on. Without roles: takes all",
        "of them away."
      })
  static final class Roles implements Callable<Integer> {
    @Mixin private WhichFile which = new WhichFile();

    @Parameters(index = "0", paramLabel = "USER")
    private String user = "";

    @Parameters(index = "1..*", split = ",", paramLabel = "ROLE")
    private List<String> roles = List.of();

    @Override
    public Integer call() throws IOException {
      UserFile file = which.open();
      file.open().setRoles(user, Set.copyOf(roles));
      file.changed("user-roles", user);
      System.out.println("roles of " + user + ": " + joined(Set.copyOf(roles)));
      return 0;
    }
  }

  /** Gives a user a second factor. */
  @Command(
      name = "factor",
      mixinStandardHelpOptions = true,
      description = {
        "Gives a user a second factor: a code of six digits beside the password (TOTP). Prints what",
        "the user types or scans into an authenticator, once; it is a secret. Sessions of the user",
        "end."
      })
  static final class SecondFactor implements Callable<Integer> {
    @Mixin private WhichFile which = new WhichFile();

    @Option(names = "--off", description = "takes it away: the password is enough again")
    private boolean off;

    @Option(names = "--issuer", description = "name of this service in the authenticator")
    private String issuer = "Hole-in-the-Chroot";

    @Parameters(paramLabel = "USER")
    private String user = "";

    @Override
    public Integer call() throws IOException {
      UserFile file = which.open();
      if (off) {
        file.open().takeSecondFactor(user);
        file.signedOut("user-factor-off", user);
        System.out.println("the password of " + user + " is enough again");
      } else {
        // Printed first: it is shown once, whatever becomes of the notice.
        System.out.println(uri(file.open().giveSecondFactor(user)));
        file.signedOut("user-factor", user);
      }
      return 0;
    }

    /** As authenticators read it out of a QR code. */
    private String uri(String secret) {
      String name = URLEncoder.encode(issuer, UTF_8).replace("+", "%20");
      return "otpauth://totp/%s:%s?secret=%s&issuer=%s".formatted(name, user, secret, name);
    }
  }

  /** Takes a user out of the file. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Takes a user out of the password file, and ends the user's sessions.")
  static final class Remove implements Callable<Integer> {
    @Mixin private WhichFile which = new WhichFile();

    @Parameters(paramLabel = "USER")
    private String user = "";

    @Override
    public Integer call() throws IOException {
      UserFile file = which.open();
      file.open().remove(user);
      file.signedOut("user-remove", user);
      System.out.println("removed " + user);
      return 0;
    }
  }

  /** Prints the users. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the users, one a line, separated by tabs: name, state (enabled, disabled or",
        "must-change; with +factor when a code is needed), roles, language, display name. Never a",
        "password, its hash or a secret."
      })
  static final class ListUsers implements Callable<Integer> {
    @Mixin private WhichFile which = new WhichFile();

    @Override
    public Integer call() throws IOException {
      which.open().open().list().forEach(known -> System.out.println(line(known)));
      return 0;
    }

    private static String line(KnownUser known) {
      UserEntry user = known.user();
      return String.join(
          "\t",
          user.name(),
          state(known) + factor(known),
          joined(user.roles()),
          user.language().orElse("-"),
          user.displayName());
    }

    private static String state(KnownUser known) {
      if (!known.user().enabled()) {
        return "disabled";
      }
      return known.mustChange() ? "must-change" : "enabled";
    }

    private static String factor(KnownUser known) {
      return known.secondFactor() ? "+factor" : "";
    }
  }

  private static String joined(Set<String> roles) {
    return roles.isEmpty() ? "-" : String.join(",", new TreeSet<>(roles));
  }
}
