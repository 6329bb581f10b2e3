package org.hitc.gateway.http;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.hitc.gateway.page.Renderer;

/**
 * The Jetty server, wired: connectors, limits, the {@link Gate}, the {@link FrontServlet}. Plain
 * connections speak HTTP/1.1 and h2c (upgrade and prior knowledge); TLS speaks HTTP/2 and HTTP/1.1
 * by ALPN.
 */
public final class WebServer implements AutoCloseable {

  private static final int MAX_PLATFORM_THREADS = 32;
  private static final int MIN_PLATFORM_THREADS = 4;
  private static final int HTTP2_STREAMS = 64;
  private static final int HTTP2_EVENTS_PER_SECOND = 128;
  private static final Duration STOP = Duration.ofMillis(1500);
  private static final Duration IDLE_WHEN_FULL = Duration.ofSeconds(2);

  private final Server server;
  private final boolean tls;

  private WebServer(Server server, boolean tls) {
    this.server = server;
    this.tls = tls;
  }

  /**
   * Starts to listen.
   *
   * @throws Exception when an address cannot be bound or the key store not be used
   */
  public static WebServer start(
      Endpoint endpoint,
      Limits limits,
      Hole hole,
      TokenCheck tokens,
      Renderer renderer,
      StaticFiles files)
      throws Exception {
    Server server = new Server(threads(limits));
    List<ServerConnector> connectors = connectors(server, endpoint, limits);
    connectors.forEach(server::addConnector);
    NetworkConnectionLimit connections = new NetworkConnectionLimit(limits.connections(), server);
    connections.setEndPointIdleTimeout(IDLE_WHEN_FULL.toMillis());
    server.addBean(connections);
    server.setStopTimeout(STOP.toMillis());

    // Bound before anything is answered, because the port is part of the names it answers to.
    int port = open(connectors);
    Peers peers = new Peers(endpoint.proxies());
    HostRule hosts = new HostRule(endpoint.hosts().isEmpty() ? loopback(port) : endpoint.hosts());
    References references = new References();
    ProblemPages problems = new ProblemPages(renderer, references);
    FrontServlet servlet = new FrontServlet(hole, tokens, renderer, files, references, limits);
    Bodies bodies = new Bodies(limits, tokens);
    server.setHandler(
        handlers(
            limits, next -> new Gate(peers, hosts, bodies, problems, next), problems, servlet));
    server.setErrorHandler(problems);
    server.start();
    return new WebServer(server, endpoint.tls().isPresent());
  }

  /** Where it listens, with the actual port. */
  public List<URI> addresses() {
    return List.of(server.getConnectors()).stream()
        .map(ServerConnector.class::cast)
        .map(c ->
            URI.create((tls ? "https://" : "http://") + c.getHost() + ":" + c.getLocalPort() + "/"))
        .toList();
  }

  /** Lets running requests end for a moment, then stops. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the web server did not stop", e);
    }
  }

  private static QueuedThreadPool threads(Limits limits) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
    threads.setName("web");
    VirtualThreadPool requests = new VirtualThreadPool(limits.requests());
    requests.setName("request-");
    threads.setVirtualThreadsExecutor(requests);
    return threads;
  }

  private static List<ServerConnector> connectors(Server server, Endpoint endpoint, Limits limits) {
    List<ServerConnector> connectors = new ArrayList<>();
    for (InetAddress address : endpoint.addresses()) {
      ConnectionFactory[] protocols =
          endpoint
              .tls()
              .map(store -> overTls(store, limits))
              .orElseGet(() -> plain(limits))
              .toArray(ConnectionFactory[]::new);
      ServerConnector connector = new ServerConnector(server, 1, 1, protocols);
      connector.setHost(literal(address));
      connector.setPort(endpoint.port());
      connector.setIdleTimeout(limits.idle().toMillis());
      connectors.add(connector);
    }
    return connectors;
  }

  private static List<ConnectionFactory> plain(Limits limits) {
    HttpConfiguration http = http(limits);
    return List.of(
        new HttpConnectionFactory(http), limited(new HTTP2CServerConnectionFactory(http), limits));
  }

  private static List<ConnectionFactory> overTls(Endpoint.KeyStoreFile store, Limits limits) {
    HttpConfiguration http = http(limits);
    http.addCustomizer(new SecureRequestCustomizer());
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStorePath(store.file().toString());
    context.setKeyStoreType("PKCS12");
    context.setKeyStorePassword(store.password());
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
    return List.of(
        new SslConnectionFactory(context, alpn.getProtocol()),
        alpn,
        limited(new HTTP2ServerConnectionFactory(http), limits),
        new HttpConnectionFactory(http));
  }

  private static ConnectionFactory limited(
      AbstractHTTP2ServerConnectionFactory http2, Limits limits) {
    http2.setMaxConcurrentStreams(HTTP2_STREAMS);
    http2.setStreamIdleTimeout(limits.idle().toMillis());
    http2.setRateControlFactory(new WindowRateControl.Factory(HTTP2_EVENTS_PER_SECOND));
    return http2;
  }

  private static HttpConfiguration http(Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setIdleTimeout(limits.idle().toMillis());
    http.setRelativeRedirectAllowed(true);
    http.setFormEncodedMethods(Set.of("POST"));
    return http;
  }

  private static Handler handlers(
      Limits limits, Function<Handler, Gate> gate, ProblemPages problems, FrontServlet servlet) {
    ServletContextHandler context =
        new ServletContextHandler(
            "/", ServletContextHandler.NO_SESSIONS | ServletContextHandler.NO_SECURITY);
    context.setErrorHandler(problems);
    context.setMaxFormKeys(limits.formFields());
    context.setMaxFormContentSize(limits.formBytes());
    context.addServlet(new ServletHolder(servlet), "/");
    // The whole form is read before a thread is given to the request: a slow sender holds none.
    EagerContentHandler eager =
        new EagerContentHandler(
            context,
            new EagerContentHandler.FormContentLoaderFactory(
                limits.formFields(), limits.formBytes()),
            new BodyLoader());
    SizeLimitHandler size = new SizeLimitHandler(limits.uploadBytes(), -1);
    size.setHandler(gate.apply(eager));
    return new GracefulHandler(new MinimumDataRateHandler(size, limits.leastBytesPerSecond(), 0));
  }

  private static int open(List<ServerConnector> connectors) throws Exception {
    for (ServerConnector connector : connectors) {
      int chosen = connectors.getFirst().getLocalPort();
      connector.setPort(chosen > 0 ? chosen : connector.getPort());
      connector.open();
    }
    return connectors.getFirst().getLocalPort();
  }

  private static List<String> loopback(int port) {
    return List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port);
  }

  private static String literal(InetAddress address) {
    return address.getHostAddress().contains(":")
        ? "[" + address.getHostAddress() + "]"
        : address.getHostAddress();
  }
}
