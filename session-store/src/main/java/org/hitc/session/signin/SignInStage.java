package org.hitc.session.signin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a sign-in with the password file has come; travels as the state of a {@link
 * SignInAnswer.Ask}.
 *
 * @param screen what was asked last
 * @param tries codes that were wrong so far in this sign-in
 * @param stamp of the user when the password was right: what comes later counts only while it is so
 */
record SignInStage(Screen screen, int tries, String stamp) {
  private static final Pattern FORM = Pattern.compile("(CODE|NEW_PASSWORD) ([0-9]) ([0-9a-f]+)");

  /** What was asked. */
  enum Screen {
    CODE,
    NEW_PASSWORD
  }

  static Optional<SignInStage> parse(String state) {
    Matcher parts = FORM.matcher(state);
    return parts.matches()
        ? Optional.of(
            new SignInStage(
                Screen.valueOf(parts.group(1)), Integer.parseInt(parts.group(2)), parts.group(3)))
        : Optional.empty();
  }

  String write() {
    return screen + " " + tries + " " + stamp;
  }
}
