package org.hitc.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLConnection;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.hole.Answer;
import org.hitc.gateway.http.Endpoint;
import org.hitc.gateway.http.Limits;
import org.hitc.gateway.http.StaticFiles;
import org.hitc.gateway.http.WebServer;
import org.hitc.gateway.page.Renderer;
import org.hitc.gateway.page.SamplePages;
import org.hitc.gateway.page.Screen;
import org.hitc.i18n.Language;

/**
 * The training run of the JVM's ahead-of-time cache, at build time: starts the server on a loopback
 * port with nobody behind the hole, draws one page of each kind, fetches a few, and ends. What it
 * runs is what the real gateway runs; it leaves nothing behind but the cache.
 */
public final class Warmup {

  private static final List<String> LANGUAGES = List.of("en", "de");
  private static final int ROUNDS = 20;

  private Warmup() {}

  public static void main(String[] args) throws Exception {
    StaticFiles files = StaticFiles.load();
    Renderer renderer = Gateway.renderer("Warm-up", "", files, LANGUAGES);
    for (String language : LANGUAGES) {
      for (Screen screen : SamplePages.in(language)) {
        renderer.draw(screen, Language.of(language), "/");
      }
    }
    Endpoint loopback =
        new Endpoint(
            List.of(InetAddress.ofLiteral("127.0.0.1")), 0, Optional.empty(), List.of(), List.of());
    try (WebServer server =
        WebServer.start(
            loopback,
            Limits.standard(),
            (_, _) -> new Answer.Refused(Refusal.DAEMON_DOWN),
            _ -> Optional.empty(),
            renderer,
            files)) {
      URI site = server.addresses().getFirst();
      for (int i = 0; i < ROUNDS; i++) {
        for (String path : List.of("/login", files.stylesheet(), "/", "/no-such-page")) {
          fetch(site.resolve(path));
        }
      }
    }
  }

  private static void fetch(URI page) throws java.io.IOException {
    URLConnection connection = page.toURL().openConnection();
    connection.setRequestProperty("Cookie", "__Host-hitc=warm-up");
    ((java.net.HttpURLConnection) connection).getResponseCode();
    ((java.net.HttpURLConnection) connection).disconnect();
  }
}
