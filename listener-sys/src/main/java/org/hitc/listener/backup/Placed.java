package org.hitc.listener.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.listener.config.ListenerConfig;

/**
 * A file that a backup holds and a restore may put back where it was.
 *
 * @param name of the part
 * @param file where it lies in this installation
 */
record Placed(String name, Path file) {
  private static final String USERS = "users";
  private static final String DIGEST_KEY = "state/digest.key";
  private static final String SEALS = "keys/audit/";
  private static final Pattern SEAL = Pattern.compile("[0-9a-f]{16}\\.pub");

  /** Those that there are. */
  static List<Placed> present(ListenerConfig config) throws IOException {
    List<String> names = new ArrayList<>(List.of(USERS, DIGEST_KEY));
    Path seals = seals(config);
    if (Files.isDirectory(seals, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.list(seals)) {
        files.map(file -> SEALS + file.getFileName()).sorted().forEach(names::add);
      }
    }
    return names.stream()
        .flatMap(name -> of(name, config).stream())
        .filter(placed -> Files.exists(placed.file(), LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** Where a part of this name belongs; nowhere, when this configuration has no place for it. */
  static Optional<Placed> of(String name, ListenerConfig config) {
    if (name.equals(USERS)) {
      return config.signIn().passwordFile().map(file -> new Placed(name, file));
    }
    if (name.equals(DIGEST_KEY)) {
      return Optional.of(new Placed(name, config.state().resolve("digest.key")));
    }
    if (name.startsWith(SEALS) && SEAL.matcher(name.substring(SEALS.length())).matches()) {
      return Optional.of(new Placed(name, seals(config).resolve(name.substring(SEALS.length()))));
    }
    return Optional.empty();
  }

  /** True for the password file. */
  boolean isUsers() {
    return name.equals(USERS);
  }

  private static Path seals(ListenerConfig config) {
    return config.state().resolve("keys/audit");
  }
}
