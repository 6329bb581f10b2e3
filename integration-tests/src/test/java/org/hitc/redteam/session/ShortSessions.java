package org.hitc.redteam.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.Request;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Jail;

/** Sessions that end by their time while a test waits for it. */
final class ShortSessions {
  /** The idle limit of one minute, and what activity since the last one written down may add. */
  private static final int SECONDS = 60 + 30 + 2;

  private ShortSessions() {}

  /** Browsers signed in with what the protocol allows and the sign-in page does not offer. */
  static List<Browser> begin(Product product, String user, int count) {
    List<Browser> browsers = new ArrayList<>();
    try (Jail jail = Jail.breakInto(product)) {
      for (int i = 0; i < count; i++) {
        Jail.Answer answer =
            jail.ask(RequestCodec.encode(new Request.Login(user, "demo", "1", "127.0.0.1", "en")));
        Browser browser = new Browser(product.site());
        browser.useToken(answer.token().orElseThrow());
        browsers.add(browser);
      }
    }
    return browsers;
  }

  /** Waits until every one that is not used meanwhile has ended. */
  static void awaitEnd() throws InterruptedException {
    TimeUnit.SECONDS.sleep(SECONDS);
  }
}
