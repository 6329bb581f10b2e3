package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.SignInScreen;

/**
 * A password that a user chooses: the screen and its rules.
 *
 * <p>NIST SP 800-63B: at least 8 characters, any characters, no rule of composition. At most what
 * the sign-in page can send, so that nobody chooses a password that cannot be typed again.
 *
 * @param text the new password
 * @param again the same once more
 */
record NewPassword(String text, String again) {
  static final int MIN_CHARACTERS = 8;
  static final int MAX_BYTES = 1024;

  private static final String NEW = "new";
  private static final String AGAIN = "again";

  /** Out of what was typed into {@link #screen}. */
  static NewPassword typed(Map<String, String> answers) {
    return new NewPassword(answers.getOrDefault(NEW, ""), answers.getOrDefault(AGAIN, ""));
  }

  /**
   * The screen.
   *
   * @param problem why the last answer was not taken
   */
  static SignInScreen screen(Optional<Refusal> problem) {
    boolean second = problem.filter(why -> why == Refusal.PASS_AGAIN).isPresent();
    return new SignInScreen(
        SignInScreen.Purpose.NEW_PASSWORD,
        List.of(
            new SignInScreen.Field(
                NEW, SignInScreen.Kind.NEW_PASSWORD, second ? Optional.empty() : problem),
            new SignInScreen.Field(
                AGAIN, SignInScreen.Kind.NEW_PASSWORD_AGAIN, second ? problem : Optional.empty())));
  }

  /** What is wrong with it, but for being the old one: only its hash could tell. */
  Optional<Refusal> problem(String user) {
    if (text.codePointCount(0, text.length()) < MIN_CHARACTERS) {
      return Optional.of(Refusal.PASS_SHORT);
    }
    if (text.getBytes(UTF_8).length > MAX_BYTES) {
      return Optional.of(Refusal.PASS_LONG);
    }
    if (text.equalsIgnoreCase(user)) {
      return Optional.of(Refusal.PASS_NAME);
    }
    return text.equals(again) ? Optional.empty() : Optional.of(Refusal.PASS_AGAIN);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "NewPassword[]";
  }
}
