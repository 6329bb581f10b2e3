package org.hitc.gateway.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cookie {@code __Host-hitc-language}: the language that was chosen in this browser, for the
 * pages before the sign-in. What a user has chosen is remembered by the listener.
 */
final class LanguageCookie {
  private static final String NAME = "__Host-hitc-language";

  /** A tag, and a mark when the listener does not know the choice yet. */
  private static final Pattern PAIR =
      Pattern.compile("\\s*" + NAME + "=([A-Za-z0-9-]{1,16})(!?)\\s*");

  private static final String ATTRIBUTES = "; Secure; HttpOnly; Path=/; SameSite=Lax; Max-Age=";

  private static final int YEAR = 31_536_000;

  /** Long enough to sign in; after that somebody else may sit here. */
  private static final int TEN_MINUTES = 600;

  private LanguageCookie() {}

  /**
   * A choice.
   *
   * @param tag as the browser sent it; need not be a language that is offered
   * @param told true when the listener knows of it
   */
  record Choice(String tag, boolean told) {}

  /** What a browser sent; what has another form is as good as nothing. */
  static Optional<Choice> read(List<String> fields) {
    for (String field : fields) {
      for (String pair : field.split(";", -1)) {
        Matcher choice = PAIR.matcher(pair);
        if (choice.matches()) {
          return Optional.of(new Choice(choice.group(1), choice.group(2).isEmpty()));
        }
      }
    }
    return Optional.empty();
  }

  /** The {@code Set-Cookie} value that keeps a choice. */
  static String keep(Choice choice) {
    return NAME
        + "="
        + choice.tag()
        + (choice.told() ? "" : "!")
        + ATTRIBUTES
        + (choice.told() ? YEAR : TEN_MINUTES);
  }
}
