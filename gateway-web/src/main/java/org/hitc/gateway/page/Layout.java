package org.hitc.gateway.page;

import java.util.Optional;
import org.hitc.channel.Text;

/**
 * What the common frame of a screen needs.
 *
 * @param site what is the same everywhere
 * @param words the gateway's words in the language of the page
 * @param title the {@code h1}
 * @param wrong true when something typed is wrong: the document's title then says so first
 * @param signedIn whose page it is; absent on pages for everybody
 * @param here address of this very page, for "stay signed in"
 * @param menu the other languages
 */
public record Layout(
    Site site,
    Words words,
    Text title,
    boolean wrong,
    Optional<SignedIn> signedIn,
    String here,
    LanguageMenu menu) {

  /**
   * Whose page it is.
   *
   * @param user display name
   * @param until time of day at which the session ends, for reading
   * @param secondsLeft how long until then, when the page was made
   */
  public record SignedIn(String user, String until, int secondsLeft) {}

  /** "[Error: ]screen – service" (WCAG 2.4.2). */
  public String documentTitle() {
    String screen = title.value() + " \u2013 " + site.service();
    return wrong ? words.plain("title.error") + " " + screen : screen;
  }
}
