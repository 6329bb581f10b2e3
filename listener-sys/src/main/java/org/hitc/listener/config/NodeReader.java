package org.hitc.listener.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hitc.session.store.PostgresSettings;
import org.hitc.session.store.Tls;
import org.hitc.workflow.yaml.YamlMap;
import org.hitc.workflow.yaml.YamlText;

/** Reads {@code node}, {@code files} and {@code store} of {@code listener.yaml}. */
final class NodeReader {
  private static final String OTHERWISE = "main";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  /** No blank, no sign that a driver might read a setting from. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:-]{1,253}");

  private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_.-]{1,63}");
  private static final int PORT = 5432;
  private static final int MAX_PORT = 65_535;

  private final ConfigFile file;

  private NodeReader(ConfigFile file) {
    this.file = file;
  }

  /**
   * @param state where files are when nothing is said
   * @param sysSide who has to be able to read the password
   */
  static ListenerConfig.Node read(ConfigFile file, YamlMap map, Path state, int sysSide)
      throws IOException {
    NodeReader reader = new NodeReader(file);
    String name =
        reader
            .matching(map, "node", NAME, "this is no name of a node", "such as main or node-2")
            .orElse(OTHERWISE);
    Path files = file.path(map, "files").orElse(state);
    Optional<YamlMap> store = map.map("store");
    store.ifPresent(s -> {
      s.only("postgresql");
      s.require("postgresql");
      // Two nodes that said nothing would both be called the same.
      map.require("node");
    });
    Optional<YamlMap> server = store.flatMap(s -> s.map("postgresql"));
    return new ListenerConfig.Node(
        name, files, server.isPresent() ? reader.server(server.get(), sysSide) : Optional.empty());
  }

  private Optional<PostgresSettings> server(YamlMap map, int sysSide) throws IOException {
    map.only("host", "port", "database", "user", "password_file", "tls", "ca");
    map.require("host", "database", "user", "password_file");
    Optional<String> host =
        matching(map, "host", HOST, "this is no name or address of a server", "db.example.org");
    Optional<String> database =
        matching(map, "database", ROLE, "this is no name of a database", "such as hitc");
    Optional<String> user =
        matching(map, "user", ROLE, "this is no name of a role", "such as hitc");
    int port = map.integer("port", 1, MAX_PORT).orElse(PORT);
    Optional<Path> password = password(map, sysSide);
    Optional<Tls> tls = tls(map, host);
    if (host.isEmpty()
        || database.isEmpty()
        || user.isEmpty()
        || password.isEmpty()
        || tls.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PostgresSettings(
            host.get(), port, database.get(), user.get(), password.get(), tls.get()));
  }

  private Optional<Path> password(YamlMap map, int sysSide) throws IOException {
    Optional<Path> path = file.path(map, "password_file");
    if (path.isPresent()) {
      file.unsafe(map.placeOf("password_file"), file.trust().secret(path.get(), sysSide));
    }
    return path;
  }

  private Optional<Tls> tls(YamlMap map, Optional<String> host) throws IOException {
    String how = map.oneOf("tls", Set.of("verify", "off")).orElse("verify");
    Optional<Path> authority = file.path(map, "ca");
    if (authority.isPresent()) {
      file.unsafe(map.placeOf("ca"), file.trust().configuration(authority.get()));
    }
    if (how.equals("verify")) {
      return Optional.of(new Tls.Verify(authority));
    }
    if (authority.isPresent()) {
      file.problem(
          map.placeOf("ca"), "TLS_OFF", "tls: off looks at no certificate", "leave ca or tls out");
    }
    if (host.filter(h -> !PostgresSettings.isLoopback(h)).isPresent()) {
      file.problem(
          map.placeOf("tls"),
          "TLS_OFF",
          "without TLS everybody on the way can read and change what the store says",
          "tls: verify; off is for localhost, 127.0.0.1 and ::1");
      return Optional.empty();
    }
    return Optional.of(new Tls.Off());
  }

  private Optional<String> matching(
      YamlMap map, String key, Pattern form, String text, String cure) {
    Optional<YamlText> found = map.text(key);
    Optional<String> good = found.map(YamlText::value).filter(v -> form.matcher(v).matches());
    if (found.isPresent() && good.isEmpty()) {
      file.problem(found.get().place(), "NAME_FORM", text, cure);
    }
    return good;
  }
}
