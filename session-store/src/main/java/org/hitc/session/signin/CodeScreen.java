package org.hitc.session.signin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.SignInScreen;

/** The screen that asks for the code of a second factor. */
final class CodeScreen {
  private static final String CODE = "code";

  private CodeScreen() {}

  static SignInScreen of(Optional<Refusal> problem) {
    return new SignInScreen(
        SignInScreen.Purpose.CODE,
        List.of(new SignInScreen.Field(CODE, SignInScreen.Kind.CODE, problem)));
  }

  static String typed(Map<String, String> answers) {
    return answers.getOrDefault(CODE, "");
  }
}
