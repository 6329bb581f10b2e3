package org.hitc.listener.authenticator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.authenticator.protocol.Question;
import org.hitc.listener.config.AuthenticatorConfig;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.Users;
import org.hitc.listener.grant.Grants;
import org.hitc.listener.launcher.SafePath;
import org.hitc.listener.node.StateLock;
import org.hitc.listener.program.Identity;
import org.hitc.listener.program.ProcessSetup;
import org.hitc.listener.socket.Server;
import org.hitc.listener.socket.SocketFolder;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.signin.SignInException;

/**
 * Starts the authenticator: {@code java org.hitc.listener.authenticator.Main --config FILE}, as
 * root or as the user {@code auth_side} of its configuration. Root makes the folder of the socket,
 * and is given up before anything else is touched.
 *
 * <p>With {@code --until-end-of-input} it ends when its input does. With {@code --try-out} it
 * believes files of the user who runs it.
 */
public final class Main {
  private static final int ROOT = 0;

  private Main() {}

  /** Runs until it is told to stop; exit 1 when it may not start, with every reason. */
  public static void main(String[] arguments) throws Exception {
    List<String> told = List.of(arguments);
    int config = told.indexOf("--config");
    if (config < 0 || config + 1 >= told.size()) {
      throw new IOException(
          "usage: org.hitc.listener.authenticator.Main --config FILE [--try-out]");
    }
    boolean tryOut = told.contains("--try-out");
    List<String> problems = new ArrayList<>();
    Optional<Running> running =
        start(Path.of(told.get(config + 1)).toAbsolutePath(), tryOut, problems);
    if (running.isEmpty()) {
      problems.forEach(problem -> System.err.println(Refusal.CONFIG.code() + " " + problem));
      System.exit(1);
    }
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(running.orElseThrow()::close));
    System.out.println("ready");
    if (told.contains("--until-end-of-input")) {
      System.in.transferTo(OutputStream.nullOutputStream());
      System.exit(0);
    } else {
      Thread.currentThread().join();
    }
  }

  /** What has to be let go of at the end. */
  private record Running(StateLock lock, Server server) {
    void close() {
      try (var _ = lock) {
        server.close();
      } catch (IOException e) {
        System.err.println("hitc: the authenticator did not stop cleanly: " + e.getMessage());
      }
    }
  }

  private static Optional<Running> start(Path file, boolean tryOut, List<String> problems)
      throws IOException {
    Users system = new Users();
    SafePath trust = tryOut ? SafePath.ownedByRootOr(system.self()) : SafePath.ownedByRoot();
    AuthenticatorConfig config;
    try {
      config = AuthenticatorConfig.load(file, trust, system);
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
    SocketFolder folder =
        new SocketFolder(config.folder(), config.authSide(), system.primaryGroup(config.sysSide()));
    if (system.self() == ROOT || tryOut) {
      folder.make();
    }
    if (system.self() == ROOT) {
      Identity.become(config.authSide(), system.primaryGroup(config.authSide()));
    }
    if (system.self() != config.authSide()) {
      problems.add(
          "the authenticator runs as user %d, but auth_side is %d; start it as that user, or root"
              .formatted(system.self(), config.authSide()));
    }
    if (config.tryOut() != tryOut) {
      problems.add("--try-out and try_out: true belong together");
    }
    problems.addAll(folder.problems());
    problems.addAll(trust.folder(parent(config.folder())));
    problems.addAll(config.unsafe(trust));
    return problems.isEmpty() ? serve(config, problems) : Optional.empty();
  }

  private static Optional<Running> serve(AuthenticatorConfig config, List<String> problems)
      throws IOException {
    try {
      ProcessSetup.apply();
    } catch (IllegalStateException e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    PosixFiles.umask(0077);
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    PasswordFile users;
    try {
      users = PasswordFile.open(config.users(), random);
    } catch (SignInException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
    Optional<StateLock> lock = StateLock.tryTake(config.folder());
    if (lock.isEmpty()) {
      problems.add("another authenticator serves " + config.folder() + "; stop it first");
      return Optional.empty();
    }
    Server server =
        Server.start(
            config.folder().resolve(Question.SOCKET),
            config.sysSide(),
            new Authenticator(
                users,
                new Brake(clock),
                new SealedState(random, clock),
                config.launcher().map(Grants::forAuthSide)));
    return Optional.of(new Running(lock.get(), server));
  }

  private static Path parent(Path path) {
    return Optional.ofNullable(path.getParent()).orElse(path);
  }
}
