package org.hitc.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hitc.gateway.http.Endpoint;

/**
 * What {@code gateway.conf} says. One {@code key = value} a line, UTF-8, {@code #} begins a comment
 * line; lists are separated by commas. An unknown or doubled key is an error, and all errors are
 * reported at once, each with its line.
 *
 * @param endpoint keys {@code listen}, {@code port}, {@code keystore}, {@code
 *     keystore_password_file}, {@code proxy}, {@code hosts}
 * @param instance name of the installation, as in session tokens
 * @param root folder that holds {@code hole} and {@code keys}; {@code /} in the chroot
 * @param service name of the service, shown to people
 * @param support whom to ask, one line; empty for nobody
 */
record Options(Endpoint endpoint, String instance, Path root, String service, String support) {

  private static final int MAX_PORT = 65_535;

  /** Outcome of reading. */
  sealed interface Reading {
    record Usable(Options options) implements Reading {}

    /** Every problem, {@code file:line: words}. */
    record Unusable(List<String> problems) implements Reading {
      public Unusable {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads a file. */
  static Reading read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException _) {
      return new Reading.Unusable(List.of(file + ": is not UTF-8"));
    } catch (IOException e) {
      return new Reading.Unusable(List.of(file + ": cannot be read: " + e));
    }
    return parse(file.toString(), text);
  }

  /**
   * Reads the text of a file.
   *
   * @param file its name, for messages
   */
  static Reading parse(String file, String text) {
    ConfigFile lines = ConfigFile.parse(file, text);
    Fields fields = new Fields(lines);
    Options options = fields.options();
    List<String> problems = new ArrayList<>(lines.problems());
    problems.addAll(fields.problems);
    lines.unknown(Fields.KEYS).forEach(problems::add);
    return problems.isEmpty() ? new Reading.Usable(options) : new Reading.Unusable(problems);
  }

  /** Turns the texts of the file into values, collecting what is wrong. */
  private static final class Fields {

    static final Set<String> KEYS =
        new TreeSet<>(
            List.of(
                "listen",
                "port",
                "instance",
                "root",
                "keystore",
                "keystore_password_file",
                "proxy",
                "hosts",
                "service",
                "support"));

    private final ConfigFile file;
    private final List<String> problems = new ArrayList<>();

    Fields(ConfigFile file) {
      this.file = file;
    }

    Options options() {
      List<InetAddress> listen = addresses("listen", "127.0.0.1");
      List<InetAddress> proxies = addresses("proxy", "");
      Optional<Endpoint.KeyStoreFile> tls = tls();
      List<String> hosts = list("hosts", "");
      boolean beyond = !listen.stream().allMatch(InetAddress::isLoopbackAddress);
      if (beyond && tls.isEmpty() && proxies.isEmpty()) {
        problem(
            "listen",
            "listening beyond loopback needs TLS (keystore) or a reverse proxy (proxy); passwords"
                + " would cross the network in the clear");
      }
      if ((beyond || !proxies.isEmpty()) && hosts.isEmpty()) {
        problem("hosts", "name the hosts that browsers use, such as hosts = fis.example.org");
      }
      return new Options(
          new Endpoint(listen, port(), tls, proxies, hosts),
          required("instance"),
          Path.of(required("root")),
          required("service"),
          file.value("support").orElse(""));
    }

    private Optional<Endpoint.KeyStoreFile> tls() {
      Optional<String> store = file.value("keystore");
      Optional<String> password = file.value("keystore_password_file");
      if (store.isPresent() != password.isPresent()) {
        problem(
            store.isPresent() ? "keystore" : "keystore_password_file",
            "keystore and keystore_password_file belong together");
        return Optional.empty();
      }
      return store.map(
          s -> new Endpoint.KeyStoreFile(Path.of(s), firstLine(password.orElseThrow())));
    }

    private String firstLine(String path) {
      try (Stream<String> lines = Files.lines(Path.of(path), StandardCharsets.UTF_8)) {
        return lines.findFirst().orElse("");
      } catch (IOException e) {
        problem("keystore_password_file", "cannot be read: " + e);
        return "";
      }
    }

    private int port() {
      String text = file.value("port").orElse("8080");
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= MAX_PORT) {
          return port;
        }
      } catch (NumberFormatException _) {
        // Told below, together with numbers out of range.
      }
      problem("port", "a port is a number from 0 to 65535, not " + text);
      return 0;
    }

    private List<InetAddress> addresses(String key, String otherwise) {
      List<InetAddress> addresses = new ArrayList<>();
      for (String text : list(key, otherwise)) {
        try {
          addresses.add(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
          problem(key, text + " is not an IP address");
        }
      }
      return addresses;
    }

    private List<String> list(String key, String otherwise) {
      return Stream.of(file.value(key).orElse(otherwise).split(","))
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .toList();
    }

    private String required(String key) {
      return file.value(key)
          .orElseGet(() -> {
            problem(key, "is missing");
            return "";
          });
    }

    private void problem(String key, String words) {
      problems.add(file.place(key) + key + ": " + words);
    }
  }
}
