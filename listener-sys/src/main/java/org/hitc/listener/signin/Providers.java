package org.hitc.listener.signin;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hitc.listener.config.Program;
import org.hitc.listener.config.SignInConfig;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.signin.RolesFile;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.SignInProvider;

/** Makes the provider that the configuration names. */
public final class Providers {
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

  /** Everything that would keep this provider from being opened; starts nothing. */
  public static List<String> check(SignInConfig config, Map<String, Program> programs) {
    List<String> problems = new ArrayList<>(problems(config, programs));
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
