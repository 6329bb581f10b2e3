package org.hitc.session.store.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hitc.session.store.Migration;
import org.hitc.session.store.PostgresSettings;
import org.hitc.session.store.Tls;

/**
 * A real PostgreSQL server on a free port of the loopback address, with its data in a temporary
 * folder, run by an ordinary user: it refuses to be root's. Its database {@code hitc} belongs to
 * the role {@code keeper}; the listener's role is {@code hitc}. Closing it removes it.
 *
 * <p>Its texts are compared as in a dictionary unless a column says otherwise, as on the servers of
 * many sites. It speaks TLS with a certificate for {@code localhost}.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final long PATIENCE_SECONDS = 60;
  private static final String PASSWORD = "a pass'word\\ of $tests";

  private final Path programs;
  private final Path folder;
  private final Path secrets;
  private final int port;
  private Optional<Process> server = Optional.empty();

  private PostgresServer(Path programs, Path folder, Path secrets, int port) {
    this.programs = programs;
    this.folder = folder;
    this.secrets = secrets;
    this.port = port;
  }

  /** Why there can be no server here; nothing when there can. */
  public static Optional<String> missing() {
    return programs().isPresent()
        ? Optional.empty()
        : Optional.of("PostgreSQL is not installed (Debian: apt install postgresql)");
  }

  /** Starts a server whose store is migrated; it is gone when this JVM has ended, too. */
  public static PostgresServer start() {
    Path folder = Path.of("");
    try {
      folder = Files.createTempDirectory("hitc-postgres-");
      Path secrets = Files.createTempDirectory("hitc-secrets-");
      PostgresServer made =
          new PostgresServer(programs().orElseThrow(), folder, secrets, freePort());
      Runtime.getRuntime().addShutdownHook(new Thread(made::close));
      made.initialise();
      made.begin();
      made.makeDatabase();
      return made;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("no PostgreSQL server in " + folder, e);
    }
  }

  /** As the listener reaches it, without TLS. */
  public PostgresSettings settings() {
    return new PostgresSettings(
        "127.0.0.1", port, "hitc", "hitc", secrets.resolve("password"), new Tls.Off());
  }

  /** As whoever keeps it reaches it. */
  public PostgresSettings keeper() {
    return settings().as("keeper", secrets.resolve("password"));
  }

  /** What signed the server's certificate. */
  public Path authority() {
    return secrets.resolve("ca.pem");
  }

  /** With TLS under this name. */
  public PostgresSettings verified(String host, Optional<Path> authority) {
    PostgresSettings plain = settings();
    return new PostgresSettings(
        host, port, plain.database(), plain.user(), plain.passwordFile(), new Tls.Verify(authority));
  }

  /** Runs a statement as keeper. */
  public void execute(String sql) {
    try (Connection connection = connect("hitc", "keeper");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The power goes: every process of it ends at once. */
  public void kill() {
    signal("KILL");
    awaitEnd();
  }

  /** It answers nobody from now on. */
  public void pause() {
    signal("STOP");
  }

  /** It goes on. */
  public void goOn() {
    signal("CONT");
  }

  /** Starts it again after {@link #kill}; waits until it answers. */
  public void begin() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      if (server.filter(Process::isAlive).isEmpty()) {
        server =
            Optional.of(
                spawn(
                    programs.resolve("postgres").toString(),
                    "-D",
                    data().toString(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "port=" + port,
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "shared_buffers=32MB",
                    "-c",
                    "ssl=on",
                    "-c",
                    "ssl_cert_file=server.pem",
                    "-c",
                    "ssl_key_file=server.key"));
      }
      try (Connection _ = connect("postgres", "keeper")) {
        return;
      } catch (SQLException _) {
        pauseMillis(50);
      }
    }
    throw new IllegalStateException("PostgreSQL does not start:\n" + log());
  }

  /** Stops it and removes all of it. */
  @Override
  public synchronized void close() {
    server.ifPresent(process -> {
      signal("CONT");
      signal("KILL");
      awaitEnd();
    });
    server = Optional.empty();
    remove(folder);
    remove(secrets);
  }

  private void initialise() throws IOException {
    Files.writeString(secrets.resolve("password"), PASSWORD + "\n");
    Files.setPosixFilePermissions(
        secrets.resolve("password"), PosixFilePermissions.fromString("rw-------"));
    Path first = folder.resolve("password");
    Files.writeString(first, PASSWORD + "\n");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    run(
        programs.resolve("initdb").toString(),
        "--pgdata=" + data(),
        "--username=keeper",
        "--pwfile=" + first,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--locale-provider=icu",
        "--icu-locale=en");
    certify();
  }

  private void certify() throws IOException {
    Path work = folder.resolve("tls");
    Path names = folder.resolve("names");
    Files.writeString(names, "subjectAltName=DNS:localhost\n");
    run("mkdir", work.toString());
    String ca = work.resolve("ca.pem").toString();
    String caKey = work.resolve("ca.key").toString();
    String request = work.resolve("server.csr").toString();
    String key = data().resolve("server.key").toString();
    run(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        "/CN=authority of tests", "-keyout", caKey, "-out", ca);
    run(
        "openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key,
        "-out", request);
    run(
        "openssl", "x509", "-req", "-in", request, "-CA", ca, "-CAkey", caKey, "-CAcreateserial",
        "-days", "2", "-extfile", names.toString(), "-out",
        data().resolve("server.pem").toString());
    Files.copy(Path.of(ca), authority());
  }

  private void makeDatabase() throws SQLException {
    try (Connection connection = connect("postgres", "keeper");
        Statement statement = connection.createStatement()) {
      statement.execute("SET standard_conforming_strings = on");
      statement.execute(
          "CREATE ROLE hitc LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "'");
      statement.execute("CREATE DATABASE hitc");
    }
    Migration.postgres(keeper(), "hitc", "main");
  }

  private Connection connect(String database, String role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable&connectTimeout=5",
        role,
        PASSWORD);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void signal(String name) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    Process process = server.orElseThrow();
    Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(handle -> Long.toString(handle.pid()))
        .forEach(command::add);
    try {
      new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitEnd() {
    try {
      server.orElseThrow().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As the user that the server runs as. */
  private Process spawn(String... command) {
    List<String> line = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      String user = user();
      line.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
    }
    line.addAll(List.of(command));
    try {
      return new ProcessBuilder(line)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(secrets.resolve("log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String... command) {
    try {
      if (spawn(command).waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ":\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String log() {
    try {
      return Files.readString(secrets.resolve("log"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its own name as its group, as distributions make them. */
  private static String user() {
    try {
      return Files.readAllLines(Path.of("/etc/passwd")).stream()
          .map(line -> line.substring(0, line.indexOf(':')))
          .filter("postgres"::equals)
          .findFirst()
          .orElse("nobody");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> programs() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pauseMillis(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
