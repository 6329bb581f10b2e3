package org.hitc.gateway.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;

/** Addresses of pages: built here and nowhere else, every part percent-encoded (RFC 3986). */
public final class Links {

  /** The user's jobs. */
  public static final String JOBS = "/jobs";

  /** How long the session lasts. */
  public static final String SESSION = "/session";

  /** Where the user is signed in. */
  public static final String SESSIONS = "/sessions";

  /** Deletes what was kept. */
  public static final String FORGET = "/login/forget";

  /** Changes the language; the tag follows. */
  static final String LANGUAGE = "/language/";

  private Links() {}

  /** Begins a visit. */
  public static String start(String workflow) {
    return "/w/" + encoded(workflow);
  }

  /** A page of a visit. */
  public static String page(PageAddress address) {
    return start(address.workflow())
        + "/"
        + encoded(address.visit())
        + "/"
        + encoded(address.page());
  }

  /** A page of a visit, shown in some way. */
  public static String page(PageAddress address, Arrangement arrangement) {
    return page(address) + query(arrangement.parameters());
  }

  /** The receipt of what was done before. */
  public static String receipt(PageAddress address) {
    return page(address) + query(Map.of("done", "1"));
  }

  /** A field of a filled-in form. */
  public static String field(Page.FieldLink link) {
    return page(link.form()) + "#" + FormView.id(encoded(link.field()));
  }

  /** Runs the report of a page once more. */
  public static String again(PageAddress address) {
    return page(address) + "/again";
  }

  /** The link of a row; the way back leads to the report as it is shown now. */
  public static String row(PageAddress address, String offer, Arrangement arrangement) {
    return page(address) + "/row/" + encoded(offer) + query(arrangement.parameters());
  }

  /** A report as a file. */
  public static String download(PageAddress address, Page.Download format) {
    return page(address) + "/download/" + format.name().toLowerCase(Locale.ROOT);
  }

  /** The page of a job. */
  public static String job(String job) {
    return JOBS + "/" + encoded(job);
  }

  /** Asks whether a running job is to be stopped, and stops it. */
  public static String cancel(String job) {
    return job(job) + "/cancel";
  }

  /** How long the session lasts; comes back to {@code next}. */
  public static String session(String next) {
    return next.equals("/") ? SESSION : SESSION + query(Map.of("next", next));
  }

  /** Changes the language; comes back to {@code next}. */
  public static String language(String tag, String next) {
    return LANGUAGE + encoded(tag) + (next.equals("/") ? "" : query(Map.of("next", next)));
  }

  /** Keeps what stands in the form of a page. */
  public static String keep(PageAddress address) {
    return page(address) + "/keep";
  }

  /** Sign-in that comes back to {@code next}. */
  public static String signIn(String next) {
    return next.equals("/") ? "/login" : "/login?next=" + encoded(next);
  }

  /** Sign-in that comes back to a page on which what was typed is kept. */
  public static String signInKept(PageAddress kept) {
    return signIn(page(kept)) + "&kept=1";
  }

  private static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
