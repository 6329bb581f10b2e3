package org.hitc.listener.signin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hitc.listener.config.AuthenticatorConfig;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.Program;
import org.hitc.listener.config.SignInConfig;
import org.hitc.listener.config.Users;
import org.hitc.listener.launcher.SafePath;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.signin.RolesFile;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.SignInProvider;

/** Makes the provider that the configuration names. */
public final class Providers {
  private static final int ROOT = 0;

  private Providers() {}

  /**
   * The provider.
   *
   * @param programs those that are registered at the moment
   * @throws SignInException when a file of it is missing, not safe, or wrong
   */
  public static SignInProvider open(
      SignInConfig config,
      ProgramRunner runner,
      Supplier<Map<String, Program>> programs,
      SecureRandom random) {
    SignInProvider provider =
        switch (config.way()) {
          case SignInConfig.Way.PasswordFile(var file) -> PasswordFile.open(file, random);
          case SignInConfig.Way.Program(String name) -> new ProgramSignIn(runner, name, programs);
          case SignInConfig.Way.Authenticator(var folder) -> new RemoteSignIn(folder);
        };
    return config
        .rolesFile()
        .<SignInProvider>map(file -> RolesFile.open(provider, file))
        .orElse(provider);
  }

  /** What is wrong with the program that the configuration names, if it names one. */
  public static List<String> problems(SignInConfig config, Map<String, Program> programs) {
    if (!(config.way() instanceof SignInConfig.Way.Program(String name))) {
      return List.of();
    }
    return Optional.ofNullable(programs.get(name))
        .map(ProgramSignIn::unfit)
        .orElseGet(() -> Optional.of("it is not registered in programs.yaml"))
        .map(why -> "the sign-in program '" + name + "': " + why)
        .stream()
        .toList();
  }

  /** What is wrong with the authenticator, as far as whoever asks may see it. */
  private static List<String> authenticator(
      ListenerConfig listener, Path folder, Path file, SafePath trust) throws IOException {
    if (!Files.exists(file)) {
      return List.of(file + ": the authenticator has no configuration");
    }
    try {
      Users system = new Users();
      AuthenticatorConfig config = AuthenticatorConfig.load(file, trust, system);
      List<String> problems = new ArrayList<>(config.unlike(listener, folder));
      boolean mayLook = system.self() == ROOT || system.self() == config.authSide();
      if (mayLook) {
        problems.addAll(config.unsafe(trust));
      }
      if (mayLook && problems.isEmpty()) {
        PasswordFile.open(config.users(), new SecureRandom());
      }
      return problems.stream().map(problem -> file + ": " + problem).toList();
    } catch (ConfigException | SignInException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Everything that would keep this provider from being opened; starts nothing.
   *
   * @param from the file that the configuration is from
   */
  public static List<String> check(
      ListenerConfig listener, Path from, SafePath trust, Map<String, Program> programs)
      throws IOException {
    SignInConfig config = listener.signIn();
    List<String> problems = new ArrayList<>(problems(config, programs));
    if (config.way() instanceof SignInConfig.Way.Authenticator(Path folder)) {
      problems.addAll(authenticator(listener, folder, AuthenticatorConfig.beside(from), trust));
    }
    SecureRandom random = new SecureRandom();
    try {
      config.passwordFile().ifPresent(file -> PasswordFile.open(file, random));
    } catch (SignInException e) {
      problems.addAll(e.problems());
    }
    try {
      config.rolesFile().ifPresent(RolesFile::check);
    } catch (SignInException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }
}
