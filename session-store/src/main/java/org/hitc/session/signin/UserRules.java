package org.hitc.session.signin;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What may be said about a user, wherever it comes from: a file or a program. */
public final class UserRules {
  private static final int MAX_DISPLAY_NAME = 128;

  private UserRules() {}

  /**
   * Roles out of a text such as {@code accounting,audit}; none when it is empty.
   *
   * @param problem told of each thing that is wrong
   */
  public static Set<String> roles(String text, Consumer<String> problem) {
    Set<String> roles = new TreeSet<>();
    if (text.isEmpty()) {
      return roles;
    }
    for (String role : text.split(",", -1)) {
      if (!role.matches("[a-z][a-z0-9_-]{0,31}")) {
        problem.accept("a role is not of the form [a-z][a-z0-9_-]{0,31}");
      } else if (!roles.add(role)) {
        problem.accept("the role " + role + " stands there twice");
      }
    }
    return roles;
  }

  /**
   * Checks the tag of a language; the empty text is none and right.
   *
   * @param problem told when it is wrong
   */
  public static void checkLanguage(String tag, Consumer<String> problem) {
    if (tag.isEmpty()) {
      return;
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      if (!locale.toLanguageTag().equals(tag)) {
        problem.accept("the language is written " + locale.toLanguageTag());
      }
    } catch (IllformedLocaleException _) {
      problem.accept("the language is not a BCP 47 tag");
    }
  }

  /**
   * Checks how a user is addressed: 1 to 128 characters, none of them a control or direction
   * character.
   *
   * @param problem told of each thing that is wrong
   */
  public static void checkDisplayName(String name, Consumer<String> problem) {
    if (name.isBlank()) {
      problem.accept("the display name is missing");
    }
    if (name.length() > MAX_DISPLAY_NAME) {
      problem.accept("the display name is longer than " + MAX_DISPLAY_NAME + " characters");
    }
    if (name.codePoints().anyMatch(UserRules::changesOtherText)) {
      problem.accept("the display name holds a control or direction character");
    }
  }

  /** Control characters, and those that turn the text around them (Trojan Source). */
  private static boolean changesOtherText(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.SURROGATE
        || c == 0x2028
        || c == 0x2029;
  }
}
