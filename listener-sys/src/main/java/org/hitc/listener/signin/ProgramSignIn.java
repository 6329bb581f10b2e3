package org.hitc.listener.signin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.hitc.channel.Refusal;
import org.hitc.listener.config.Program;
import org.hitc.listener.program.Job;
import org.hitc.listener.program.ProgramEnd;
import org.hitc.listener.program.ProgramResult;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.listener.program.RunningJob;
import org.hitc.listener.program.Step;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.SignInProvider;
import org.hitc.session.signin.UserEntry;
import org.hitc.session.signin.UserRules;
import org.hitc.workflow.extract.ValuesReader;
import org.hitc.workflow.model.RunAs;

/**
 * Version 1's way of signing in: a registered program gets the name and the password as two lines
 * on its standard input and says yes with exit status 0, no with any other.
 *
 * <p>It may print lines {@code NAME=value}: {@code name} (how to address the user), {@code roles}
 * (separated by commas) and {@code language} (a BCP 47 tag); other names are not looked at. A
 * signal, a timeout, a start that fails or output of another form is neither yes nor no: {@link
 * SignInException}.
 *
 * <p>Nobody is signed in while it runs, so {@code HITC_USER} is empty. At most the registration's
 * {@code concurrent} run at once, {@link #MAX_AT_ONCE} wait or run, and each has at most {@link
 * #TIME_LIMIT}. It is never paused after failures: whoever makes it crash would shut everybody out.
 */
public final class ProgramSignIn implements SignInProvider {
  /** Sign-ins that run or wait; beyond it everybody is told to come back. */
  static final int MAX_AT_ONCE = 64;

  /** The longest that a sign-in may take, if the registration allows more. */
  static final Duration TIME_LIMIT = Duration.ofSeconds(20);

  /** Bytes it may print. */
  static final int MAX_OUTPUT = 64 * 1024;

  private static final String METHOD = "program";
  private static final Set<Integer> YES = Set.of(0);

  private final ProgramRunner runner;
  private final String name;
  private final Supplier<Map<String, Program>> programs;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final AtomicLong runs = new AtomicLong();

  /**
   * A provider that asks the program of this name.
   *
   * @param programs those that are registered at the moment
   */
  public ProgramSignIn(ProgramRunner runner, String name, Supplier<Map<String, Program>> programs) {
    this.runner = runner;
    this.name = name;
    this.programs = programs;
  }

  /** What is wrong with a program for this use; nothing when all is well. */
  public static Optional<String> unfit(Program program) {
    if (!program.runAs().contains(new RunAs.Service())) {
      return Optional.of("it may not run as the service, and before the sign-in there is no user");
    }
    return program.success().equals(YES)
        ? Optional.empty()
        : Optional.of("at a sign-in exit status 0 means yes, and nothing else may");
  }

  @Override
  public SignInAnswer signIn(String user, String password) {
    if (!UserEntry.isName(user) || !isOneLine(password)) {
      return new SignInAnswer.Denied();
    }
    Program program = program();
    if (!places.tryAcquire()) {
      return new SignInAnswer.Busy();
    }
    try {
      return run(program, user, password);
    } finally {
      places.release();
    }
  }

  /** An empty password is none: directory servers take it for a yes to anybody. */
  private static boolean isOneLine(String password) {
    return !password.isEmpty() && password.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0);
  }

  private Program program() {
    Program program =
        Optional.ofNullable(programs.get().get(name))
            .orElseThrow(() -> cannotTell("it is not registered"));
    unfit(program)
        .ifPresent(why -> {
          throw cannotTell(why);
        });
    return program.withBreaker(new Program.Breaker(0, program.breaker().pause()));
  }

  private SignInAnswer run(Program program, String user, String password) {
    Printed printed = new Printed();
    Step step =
        new Step(
            program,
            List.of(),
            List.of(user, password),
            YES,
            TIME_LIMIT,
            MAX_OUTPUT,
            new RunAs.Service());
    RunningJob running =
        runner.start(
            new Job("signin-" + runs.incrementAndGet(), "", "", Optional.empty(), List.of(step)),
            printed);
    ProgramResult result = await(running);
    return switch (result.end()) {
      case ProgramEnd.Exited _ when result.succeeded() ->
          new SignInAnswer.Accepted(user(user, program, printed.bytes()), METHOD);
      case ProgramEnd.Exited _ -> new SignInAnswer.Denied();
      case ProgramEnd.NotStarted(Refusal why, String _) when why == Refusal.BUSY ->
          new SignInAnswer.Busy();
      // Not to be written in the program's character set, or too long for it: nobody has it.
      case ProgramEnd.NotStarted(Refusal why, String _)
          when why == Refusal.ARG_ENCODING || why == Refusal.ARG_LEN ->
          new SignInAnswer.Denied();
      case ProgramEnd end -> throw cannotTell(end.words());
    };
  }

  private ProgramResult await(RunningJob running) {
    try {
      return running.result().get().last();
    } catch (InterruptedException _) {
      running.cancel();
      Thread.currentThread().interrupt();
      throw cannotTell("interrupted");
    } catch (ExecutionException e) {
      throw new SignInException(problem("it could not be run"), e);
    }
  }

  private UserEntry user(String user, Program program, byte[] printed) {
    Map<String, String> values = values(program, printed);
    List<String> problems = new ArrayList<>();
    String displayName = values.getOrDefault("name", user);
    String language = values.getOrDefault("language", "");
    Set<String> roles =
        UserRules.roles(values.getOrDefault("roles", "").replaceAll(" *, *", ","), problems::add);
    UserRules.checkDisplayName(displayName, problems::add);
    UserRules.checkLanguage(language, problems::add);
    if (!problems.isEmpty()) {
      throw cannotTell("of what it printed, " + String.join(", ", problems));
    }
    return new UserEntry(
        user,
        displayName,
        language.isEmpty() ? Optional.empty() : Optional.of(language),
        roles,
        true,
        name);
  }

  private Map<String, String> values(Program program, byte[] printed) {
    try {
      return switch (ValuesReader.read(new ByteArrayInputStream(printed), program.encoding())) {
        case ValuesReader.Read.Good(Map<String, String> values) -> values;
        case ValuesReader.Read.Refused(Refusal _, int line, String reason) ->
            throw cannotTell("of what it printed, line " + line + ": " + reason);
      };
    } catch (IOException e) {
      throw new SignInException(problem("what it printed could not be read"), e);
    }
  }

  private SignInException cannotTell(String why) {
    return new SignInException(List.of(problem(why)));
  }

  private String problem(String why) {
    return "the sign-in program " + name + ": " + why;
  }

  /** It never asks for a further screen. */
  @Override
  public SignInAnswer answer(String user, String state, Map<String, String> answers) {
    return new SignInAnswer.Denied();
  }

  @Override
  public boolean forgets() {
    return true;
  }

  @Override
  public Optional<UserEntry> find(String user, Optional<UserEntry> kept) {
    // Another program may know other people by the same names.
    return kept.filter(known -> known.stamp().equals(name));
  }
}
