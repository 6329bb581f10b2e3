package org.hitc.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;

/**
 * Every URL of the product. An address is a path of plain segments: letters, digits, {@code . _ ~
 * -}; no percent-encoding, no empty segment, no trailing slash, so that no path has two spellings.
 */
sealed interface Route {

  /** The methods it answers, as in an {@code Allow} header. */
  default String allow() {
    return switch (this) {
      case Login _, LoginNext _, Step _, Cancel _, Session _, Sessions _, Speak _ ->
          "GET, HEAD, POST";
      case Logout _, Forget _, Keep _, InLanguage _ -> "POST";
      case Home _,
          Start _,
          Row _,
          Again _,
          File _,
          Jobs _,
          Job _,
          Output _,
          Asset _,
          Help _,
          Accessibility _,
          Unknown _ ->
          "GET, HEAD";
    };
  }

  /** True when {@code method} is one of {@link #allow}. */
  default boolean allows(String method) {
    return List.of(allow().split(", ")).contains(method);
  }

  record Home() implements Route {}

  record Login() implements Route {}

  /** {@code /login/next}: the answer to a further screen of a sign-in. */
  record LoginNext() implements Route {}

  record Logout() implements Route {}

  /** {@code /login/forget}: deletes what was kept of a session that has ended. */
  record Forget() implements Route {}

  /** {@code /session}: tells how long it lasts, and prolongs it. */
  record Session() implements Route {}

  /** {@code /sessions}: lists the user's sessions, and ends some. */
  record Sessions() implements Route {}

  /** {@code /w/workflow}: begins a visit; the query carries answers for the first form. */
  record Start(String workflow) implements Route {}

  /**
   * {@code /w/workflow/visit/page}: shows a page, and takes its form; the query says how a report
   * is shown.
   */
  record Step(PageAddress page) implements Route {}

  /** {@code /w/workflow/visit/page/keep}: keeps what stands in the form, and no more. */
  record Keep(PageAddress page) implements Route {}

  /** {@code /w/workflow/visit/page/in/tag}: keeps the same, and shows it in another language. */
  record InLanguage(PageAddress page, String tag) implements Route {}

  /** {@code /language/tag}: the language of this browser and of whoever is signed in. */
  record Speak(String tag) implements Route {}

  /**
   * {@code /w/workflow/visit/page/row/offer}: follows the link of a row. A real link, so that it
   * opens in a new tab and needs no script; following one makes a new page but changes nothing.
   */
  record Row(PageAddress page, String offer) implements Route {}

  /** {@code /w/workflow/visit/page/again}: runs a report once more, which changes nothing. */
  record Again(PageAddress page) implements Route {}

  /** {@code /w/workflow/visit/page/download/format}. */
  record File(PageAddress page, Page.Download format) implements Route {}

  /** {@code /jobs}. */
  record Jobs() implements Route {}

  /** {@code /jobs/reference}. */
  record Job(String job) implements Route {}

  /** {@code /jobs/reference/output}: for the script; the query says from where on. */
  record Output(String job) implements Route {}

  /** {@code /jobs/reference/cancel}: asks, and stops. */
  record Cancel(String job) implements Route {}

  /** {@code /static/name}. */
  record Asset(String name) implements Route {}

  record Help() implements Route {}

  record Accessibility() implements Route {}

  record Unknown() implements Route {}

  /** Segments longer than this are nobody's. */
  int MAX_SEGMENT = 128;

  Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~-]{1," + MAX_SEGMENT + "}");

  /**
   * The route of a raw path, exactly as it stood in the request line.
   *
   * @param path without the query
   */
  static Route of(String path) {
    if (path.equals("/")) {
      return new Home();
    }
    if (!path.startsWith("/")) {
      return new Unknown();
    }
    List<String> segments = List.of(path.substring(1).split("/", -1));
    if (!segments.stream().allMatch(Route::isPlain)) {
      return new Unknown();
    }
    return switch (segments.getFirst()) {
      case "login" -> login(segments);
      case "logout" -> alone(segments, new Logout());
      case "session" -> alone(segments, new Session());
      case "sessions" -> alone(segments, new Sessions());
      case "help" -> alone(segments, new Help());
      case "accessibility" -> alone(segments, new Accessibility());
      case "language" -> segments.size() == 2 ? new Speak(segments.get(1)) : new Unknown();
      case "static" -> segments.size() == 2 ? new Asset(segments.get(1)) : new Unknown();
      case "jobs" -> jobs(segments);
      case "w" -> workflow(segments);
      default -> new Unknown();
    };
  }

  private static boolean isPlain(String segment) {
    return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
  }

  private static Route alone(List<String> segments, Route route) {
    return segments.size() == 1 ? route : new Unknown();
  }

  private static Route login(List<String> segments) {
    if (segments.equals(List.of("login", "next"))) {
      return new LoginNext();
    }
    return segments.equals(List.of("login", "forget"))
        ? new Forget()
        : alone(segments, new Login());
  }

  private static Route jobs(List<String> segments) {
    return switch (segments.size()) {
      case 1 -> new Jobs();
      case 2 -> new Job(segments.get(1));
      case 3 ->
          switch (segments.get(2)) {
            case "output" -> new Output(segments.get(1));
            case "cancel" -> new Cancel(segments.get(1));
            default -> new Unknown();
          };
      default -> new Unknown();
    };
  }

  private static Route workflow(List<String> segments) {
    if (segments.size() == 2) {
      return new Start(segments.get(1));
    }
    if (segments.size() < 4) {
      return new Unknown();
    }
    PageAddress page = new PageAddress(segments.get(1), segments.get(2), segments.get(3));
    if (segments.size() == 4) {
      return new Step(page);
    }
    if (segments.size() == 5) {
      return switch (segments.get(4)) {
        case "again" -> new Again(page);
        case "keep" -> new Keep(page);
        default -> new Unknown();
      };
    }
    if (segments.size() != 6) {
      return new Unknown();
    }
    return switch (segments.get(4)) {
      case "row" -> new Row(page, segments.get(5));
      case "in" -> new InLanguage(page, segments.get(5));
      case "download" -> download(page, segments.get(5));
      default -> new Unknown();
    };
  }

  private static Route download(PageAddress page, String format) {
    for (Page.Download known : Page.Download.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(format)) {
        return new File(page, known);
      }
    }
    return new Unknown();
  }
}
