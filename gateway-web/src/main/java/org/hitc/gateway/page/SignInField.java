package org.hitc.gateway.page;

import java.util.Locale;
import java.util.Optional;
import org.hitc.channel.SignInScreen;

/** How a field of a further sign-in screen is drawn. */
public final class SignInField {
  private SignInField() {}

  /** Id of its control. */
  public static String id(SignInScreen.Field field) {
    return "f-" + field.name();
  }

  /** Name of its control; the answer crosses the hole under it. */
  public static String name(SignInScreen.Field field) {
    return "v." + field.name();
  }

  /** Key of its label. */
  public static String label(SignInScreen.Field field) {
    return "signin.field." + lower(field.kind());
  }

  /** Key of what has to be known before it is filled in, if anything. */
  public static Optional<String> hint(SignInScreen.Field field) {
    return switch (field.kind()) {
      case NEW_PASSWORD, CODE -> Optional.of(label(field) + ".hint");
      case NEW_PASSWORD_AGAIN -> Optional.empty();
    };
  }

  /** What a browser may fill in (WCAG 1.3.5, HTML autofill). */
  public static String autocomplete(SignInScreen.Field field) {
    return switch (field.kind()) {
      case NEW_PASSWORD, NEW_PASSWORD_AGAIN -> "new-password";
      case CODE -> "one-time-code";
    };
  }

  /** Type of its control: a code is short-lived, and easier to get right when it can be seen. */
  public static String type(SignInScreen.Field field) {
    return switch (field.kind()) {
      case NEW_PASSWORD, NEW_PASSWORD_AGAIN -> "password";
      case CODE -> "text";
    };
  }

  /** The keyboard that a telephone shows; nothing for the usual one. */
  public static Optional<String> keyboard(SignInScreen.Field field) {
    return switch (field.kind()) {
      case NEW_PASSWORD, NEW_PASSWORD_AGAIN -> Optional.empty();
      case CODE -> Optional.of("numeric");
    };
  }

  /** Ids of what describes it, if anything does. */
  public static Optional<String> described(SignInScreen.Field field) {
    String ids =
        (hint(field).isPresent() ? id(field) + "-hint " : "")
            + (field.problem().isPresent() ? id(field) + "-error" : "");
    return Optional.of(ids.strip()).filter(text -> !text.isEmpty());
  }

  /** Key of a screen's title; {@code .text} behind it is what it is for. */
  static String title(SignInScreen screen) {
    return "signin.screen." + lower(screen.purpose());
  }

  /** Key of what a screen is for. */
  public static String explanation(SignInScreen screen) {
    return title(screen) + ".text";
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
