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

  /**
   * The given path and query when it is a page of this site that a GET shows and that changes
   * nothing, signed in or not; else {@code /}.
   */
  static String page(String next) {
    return isPlainPath(next)
        ? switch (routeOf(next)) {
          case Route.Login _, Route.Help _, Route.Accessibility _, Route.Cancel _ -> next;
          default -> orHome(next);
        }
        : "/";
  }

  private static boolean isSafe(String next) {
    int query = next.indexOf('?');
    return isPlainPath(next)
        && switch (routeOf(next)) {
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
              Route.InLanguage _,
              Route.Speak _,
              Route.Output _,
              Route.Cancel _,
              Route.Asset _,
              Route.Help _,
              Route.Accessibility _,
              Route.Unknown _ ->
              false;
        };
  }

  private static boolean isPlainPath(String next) {
    return next.length() <= MAX_LENGTH && next.chars().allMatch(NextPath::isPlain);
  }

  private static Route routeOf(String next) {
    int query = next.indexOf('?');
    return Route.of(query < 0 ? next : next.substring(0, query));
  }

  /** Printable ASCII without the characters that browsers repair: no blank, quote or backslash. */
  private static boolean isPlain(int c) {
    return c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>' && c != '#';
  }
}
