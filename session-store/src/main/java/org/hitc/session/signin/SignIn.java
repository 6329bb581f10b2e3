package org.hitc.session.signin;

import java.time.Duration;
import java.util.Optional;
import org.hitc.channel.Refusal;

/** Signing in as the listener offers it: the brake first, then the provider. */
public final class SignIn {
  private final SignInProvider provider;
  private final Throttle throttle;

  public SignIn(SignInProvider provider, Throttle throttle) {
    this.provider = provider;
    this.throttle = throttle;
  }

  /** How a try ended. */
  public sealed interface Outcome {
    /** It is this user, by this method: begin a session. */
    record Accepted(UserEntry user, String method) implements Outcome {}

    /**
     * It is nobody.
     *
     * @param why {@link Refusal#SIGN_IN}, {@link Refusal#SIGN_IN_SLOW} or {@link Refusal#BUSY}
     * @param delay with {@code SIGN_IN_SLOW}: how long to wait before the next try is looked at
     */
    record Refused(Refusal why, Optional<Duration> delay) implements Outcome {}
  }

  /**
   * Tries once.
   *
   * @param source the browser's address as the gateway reports it
   * @throws SignInException when the provider cannot tell
   */
  public Outcome attempt(String user, String password, String source) {
    Optional<Duration> wait = throttle.admit(user, source);
    if (wait.isPresent()) {
      return new Outcome.Refused(Refusal.SIGN_IN_SLOW, wait);
    }
    SignInAnswer answer;
    try {
      answer = provider.signIn(user, password);
    } catch (SignInException e) {
      throttle.withdraw(user, source);
      throw e;
    }
    return switch (answer) {
      case SignInAnswer.Accepted(UserEntry found) -> {
        throttle.succeeded(user, source);
        yield new Outcome.Accepted(found, provider.method());
      }
      case SignInAnswer.Denied _ -> new Outcome.Refused(Refusal.SIGN_IN, Optional.empty());
      case SignInAnswer.Busy _ -> {
        throttle.withdraw(user, source);
        yield new Outcome.Refused(Refusal.BUSY, Optional.empty());
      }
    };
  }
}
