package org.hitc.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Debian's Chromium without a screen, driven by Playwright on Debian's Node.js. Nothing is
 * downloaded. To be used by one thread only.
 */
public final class Chromium implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 10_000;
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path NODE = Path.of("/usr/bin/node");
  // The tests run as root, for whom Chromium has no sandbox; the pages it opens are the product's.
  private static final List<String> OPTIONS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Whether the browser runs the scripts of pages. */
  public enum Script {
    ON,
    OFF
  }

  /** The first program that is needed and not installed. */
  public static Optional<Path> missing() {
    return Stream.of(BROWSER, NODE).filter(program -> !Files.isExecutable(program)).findFirst();
  }

  /** Starts it. */
  public static Chromium start() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        NODE.toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(BROWSER).setArgs(OPTIONS));
    return new Chromium(playwright, browser);
  }

  /**
   * Opens a window that shares nothing with others.
   *
   * @param site what addresses are relative to
   * @param language what it prefers, such as {@code en}
   */
  public Window open(URI site, Script script, String language) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(site.toString())
                .setJavaScriptEnabled(script == Script.ON)
                .setLocale(language));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return new Window(context.newPage());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** A window and what went wrong in it, as the browser's console says. */
  public static final class Window implements AutoCloseable {
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Window(Page page) {
      this.page = page;
      page.onConsoleMessage(this::heard);
      page.onPageError(complaints::add);
    }

    private void heard(ConsoleMessage message) {
      if (!message.type().equals("log")) {
        complaints.add(message.type() + ": " + message.text() + " " + message.location());
      }
    }

    /** What it shows. */
    public Page page() {
      return page;
    }

    /** Errors and warnings so far, such as violations of the content security policy. */
    public List<String> complaints() {
      return List.copyOf(complaints);
    }

    @Override
    public void close() {
      page.context().close();
    }
  }
}
