package org.hitc.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.hole.AskLimits;
import org.hitc.channel.hole.Asker;
import org.hitc.channel.hole.Layout;
import org.hitc.channel.os.Poller;
import org.hitc.gateway.http.Limits;
import org.hitc.gateway.http.StaticFiles;
import org.hitc.gateway.http.TokenCheck;
import org.hitc.gateway.http.WebServer;
import org.hitc.gateway.page.Renderer;
import org.hitc.session.token.CachedVerifier;
import org.hitc.session.token.TokenVerifier;
import org.hitc.session.token.Verdict;
import org.hitc.session.token.WatchedKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the gateway: {@code java org.hitc.gateway.Main /etc/gateway.conf}. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  /** So many verified tokens are remembered. */
  private static final long TOKENS = 10_000;

  private Main() {}

  public static void main(String[] args) throws Exception {
    Logging.begin();
    boolean untilEndOfInput = args.length == 2 && args[1].equals("--until-end-of-input");
    if (args.length != 1 && !untilEndOfInput) {
      refuse(List.of("usage: org.hitc.gateway.Main CONFIGURATION-FILE [--until-end-of-input]"));
    }
    List<String> unfit = StartChecks.ofThisProcess().problems();
    if (!unfit.isEmpty()) {
      refuse(unfit);
    }
    switch (Options.read(Path.of(args[0]))) {
      case Options.Reading.Usable(Options options) -> serveOrRefuse(options);
      case Options.Reading.Unusable(List<String> problems) -> refuse(problems);
    }
    if (untilEndOfInput) {
      // The starter of a demo holds the other end: the gateway never outlives it.
      System.in.transferTo(OutputStream.nullOutputStream());
      System.exit(0);
    }
  }

  private static void serveOrRefuse(Options options) throws Exception {
    try {
      serve(options);
    } catch (IOException | IllegalArgumentException e) {
      refuse(List.of(e.toString()));
    }
  }

  private static void serve(Options options) throws Exception {
    Layout layout = new Layout(options.root());
    TokenCheck tokens = tokens(options.instance(), layout);
    StaticFiles files = StaticFiles.load();
    LiveMessages messages = LiveMessages.start(Gateway.words(layout.messages()));
    Renderer renderer = Gateway.renderer(options.service(), options.support(), files, messages);
    // Both stay open until the process ends: requests use them to the last moment.
    Poller poller = Poller.open();
    Asker asker = Asker.open(layout, AskLimits.defaults(), poller);
    WebServer server =
        WebServer.start(options.endpoint(), Limits.standard(), asker::ask, tokens, renderer, files);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    for (URI address : server.addresses()) {
      System.out.println("listening " + address);
    }
  }

  private static TokenCheck tokens(String instance, Layout layout) throws IOException {
    WatchedKeys keys =
        WatchedKeys.open(
            layout.keys(),
            System::nanoTime,
            why ->
                LOG.error("the keys of sessions cannot be read; the earlier ones hold: {}", why));
    CachedVerifier verifier =
        new CachedVerifier(new TokenVerifier(instance, keys, InstantSource.system()), TOKENS);
    return token ->
        switch (verifier.verify(token)) {
          case Verdict.Valid _ -> Optional.empty();
          case Verdict.Refused(Refusal why) -> Optional.of(why);
        };
  }

  /** Says why the gateway does not start, and ends. */
  private static void refuse(List<String> problems) {
    problems.forEach(problem -> System.err.println(Refusal.CONFIG.code() + " " + problem));
    System.exit(1);
  }
}
