package org.hitc.gateway.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;

/** Addresses of pages: built here and nowhere else, every part percent-encoded (RFC 3986). */
public final class Links {

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

  /** The link of a row. */
  public static String row(PageAddress address, String offer) {
    return page(address) + "/row/" + encoded(offer);
  }

  /** A report as a file. */
  public static String download(PageAddress address, Page.Download format) {
    return page(address) + "/download/" + format.name().toLowerCase(Locale.ROOT);
  }

  /** Stops a running job. */
  public static String cancel(String job) {
    return "/jobs/" + encoded(job) + "/cancel";
  }

  /** Sign-in that comes back to {@code next}. */
  public static String signIn(String next) {
    return next.equals("/") ? "/login" : "/login?next=" + encoded(next);
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
