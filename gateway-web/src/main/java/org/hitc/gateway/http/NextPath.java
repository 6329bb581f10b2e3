package org.hitc.gateway.http;

/**
 * Where to go after signing in. Only a page of this site that a GET may open is accepted, so that
 * {@code next=} can never lead to somebody else's (CWE-601).
 */
final class NextPath {

  /** Longer addresses are not remembered. */
  private static final int MAX_LENGTH = 1024;

  private NextPath() {}

  /**
   * The given path and query when it is safe, else {@code /}.
   *
   * @param next raw text of the parameter, decoded once
   */
  static String orHome(String next) {
    return isSafe(next) ? next : "/";
  }

  private static boolean isSafe(String next) {
    if (next.length() > MAX_LENGTH || !next.chars().allMatch(NextPath::isPlain)) {
      return false;
    }
    int query = next.indexOf('?');
    return switch (Route.of(query < 0 ? next : next.substring(0, query))) {
      case Route.Home _, Route.Start _, Route.Step _, Route.Row _ -> true;
      case Route.Again _,
          Route.File _,
          Route.Jobs _,
          Route.Job _,
          Route.Session _,
          Route.Sessions _ ->
          query < 0;
      case Route.Login _,
          Route.LoginNext _,
          Route.Logout _,
          Route.Forget _,
          Route.Keep _,
          Route.Output _,
          Route.Cancel _,
          Route.Asset _,
          Route.Help _,
          Route.Accessibility _,
          Route.Unknown _ ->
          false;
    };
  }

  /** Printable ASCII without the characters that browsers repair: no blank, quote or backslash. */
  private static boolean isPlain(int c) {
    return c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>' && c != '#';
  }
}
