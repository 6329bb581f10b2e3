package org.hitc.listener.page;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.hitc.listener.visit.StoredPage;

/**
 * What is sent with the form of a page: the ticket of the stored page, and behind it the language
 * in which this reader saw it, in hexadecimal digits.
 *
 * <p>So what was typed is read in the language that stood around it, whatever language its reader
 * has chosen meanwhile, in another tab or by signing in again. The language is no secret: who sends
 * another one is read in that one.
 */
public final class PageTicket {
  private static final HexFormat HEX = HexFormat.of();

  private PageTicket() {}

  /**
   * The ticket of a page that is shown in a language.
   *
   * @param language BCP 47 tag
   */
  public static String of(StoredPage page, String language) {
    return page.ticket() + HEX.formatHex(language.getBytes(StandardCharsets.US_ASCII));
  }

  /** Tag of the language in which the page was shown; nothing when it is no ticket of this page. */
  public static Optional<String> language(StoredPage page, String sent) {
    if (!sent.startsWith(page.ticket())) {
      return Optional.empty();
    }
    try {
      byte[] tag = HEX.parseHex(sent.substring(page.ticket().length()));
      return Optional.of(new String(tag, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
