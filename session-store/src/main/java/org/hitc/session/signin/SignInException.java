package org.hitc.session.signin;

import java.io.Serial;
import java.util.List;

/** A provider cannot tell who somebody is: what it reads from is missing or wrong. */
public final class SignInException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized; the list is an unmodifiable one
  private final List<String> problems;

  /**
   * @param problems everything that is wrong, never a password
   */
  public SignInException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * @param problem what is wrong, never a password
   */
  public SignInException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /** Everything that is wrong, each with its file and line. */
  public List<String> problems() {
    return problems;
  }
}
