package org.hitc.gateway.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.gateway.Gateway;

/** The real server on a port of the system's choice, with a {@link FakeHole} behind it. */
final class TestSite implements AutoCloseable {

  /** The one token that the fake check takes for junk. */
  static final String JUNK = "junk";

  /** The one token that it takes for one whose time is over. */
  static final String OVER = "over";

  final FakeHole hole = new FakeHole();
  final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final WebServer server;

  private TestSite(Endpoint endpoint, Limits limits) throws Exception {
    StaticFiles files = StaticFiles.load();
    server =
        WebServer.start(
            endpoint,
            limits,
            hole,
            TestSite::check,
            Gateway.renderer(
                "University FIS",
                "Desk 1234",
                files,
                Gateway.words(Path.of("/nonexistent"))::shipped),
            files);
  }

  private static Optional<Refusal> check(String token) {
    return switch (token) {
      case JUNK -> Optional.of(Refusal.SESS_SIG);
      case OVER -> Optional.of(Refusal.SESS_EXPIRED);
      default -> Optional.empty();
    };
  }

  static TestSite open() throws Exception {
    return open(plain(), Limits.standard());
  }

  static TestSite open(Endpoint endpoint, Limits limits) throws Exception {
    return new TestSite(endpoint, limits);
  }

  static Endpoint plain() {
    return new Endpoint(
        List.of(InetAddress.ofLiteral("127.0.0.1")), 0, Optional.empty(), List.of(), List.of());
  }

  URI address() {
    return server.addresses().getFirst();
  }

  String origin() {
    String address = address().toString();
    return address.substring(0, address.length() - 1);
  }

  /** A request of somebody signed in, from one of our own pages. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address().resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Cookie", "__Host-hitc=" + FakeHole.TOKEN)
        .header("Sec-Fetch-Site", "same-origin");
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
