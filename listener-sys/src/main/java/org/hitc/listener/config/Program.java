package org.hitc.listener.config;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.model.RunAs;

/**
 * One registered program: the only thing that can be started.
 *
 * @param path absolute; its chain of folders was checked when this was loaded
 * @param environment variables of its connection, secrets among them
 * @param encoding what it reads and prints
 * @param timeout how long it may run
 * @param concurrent how many of it may run at once; others wait in a fair queue
 * @param maxOutput bytes it may print
 * @param maxArgument bytes one argument or input line may have
 * @param folder where it runs; absent: {@code /}
 * @param success exit codes that mean yes
 * @param runAs as whom it may run; as anybody but the service through the launcher alone
 * @param breaker when it is paused because it fails
 */
public record Program(
    String name,
    Path path,
    Map<String, String> environment,
    Charset encoding,
    Duration timeout,
    int concurrent,
    long maxOutput,
    int maxArgument,
    Optional<Path> folder,
    Set<Integer> success,
    Set<RunAs> runAs,
    Breaker breaker) {

  /**
   * A program that keeps failing is not started for a while.
   *
   * @param after failures in a row; 0: it is never paused
   * @param pause how long
   */
  public record Breaker(int after, Duration pause) {
    /** What a registration has that says nothing. */
    public static final Breaker DEFAULT = new Breaker(5, Duration.ofSeconds(30));

    public Breaker {
      if (after < 0 || pause.isNegative() || pause.isZero()) {
        throw new IllegalArgumentException("a breaker is out of range");
      }
    }
  }

  public Program {
    environment = Map.copyOf(environment);
    success = Set.copyOf(success);
    runAs = Set.copyOf(runAs);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("a program's path is absolute: " + path);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a program needs time");
    }
    if (concurrent < 1 || maxOutput < 0 || maxArgument < 0 || success.isEmpty()) {
      throw new IllegalArgumentException("a limit of " + name + " is out of range");
    }
  }

  /** The same program, paused in another way. */
  public Program withBreaker(Breaker other) {
    return new Program(
        name,
        path,
        environment,
        encoding,
        timeout,
        concurrent,
        maxOutput,
        maxArgument,
        folder,
        success,
        runAs,
        other);
  }

  /** Without the environment: it holds secrets. */
  @Override
  public String toString() {
    return "Program[" + name + " " + path + "]";
  }
}
