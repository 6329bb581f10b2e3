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
import org.hitc.listener.audit.Parts;
import org.hitc.listener.config.ListenerConfig;

/**
 * A file that a backup holds and a restore may put back.
 *
 * @param name of the part
 * @param file where it lies in this installation
 * @param isLog true when it grows while it is read, by whole lines
 */
record Placed(String name, Path file, boolean isLog) {
  private static final String USERS = "users";
  private static final String DIGEST_KEY = "state/digest.key";
  private static final String CHECKPOINTS = "audit-checkpoints";
  private static final String LOG = "audit/";
  private static final String SEALS = "keys/audit/";
  private static final Pattern SEAL = Pattern.compile("[0-9a-f]{16}\\.pub");
  private static final Pattern LATER_PART = Pattern.compile("(\\.[0-9]{12})?");

  /** Those that there are. */
  static List<Placed> present(ListenerConfig config) throws IOException {
    List<String> names = new ArrayList<>(List.of(USERS, DIGEST_KEY));
    for (Path part : Parts.of(config.audit().log())) {
      names.add(LOG + part.getFileName());
    }
    names.add(CHECKPOINTS);
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

  /** Where a part of this name belongs; nowhere, when a restore has no business with it. */
  static Optional<Placed> of(String name, ListenerConfig config) {
    Path log = config.audit().log();
    if (name.equals(USERS)) {
      return config.signIn().passwordFile().map(file -> new Placed(name, file, false));
    }
    if (name.equals(DIGEST_KEY)) {
      return Optional.of(new Placed(name, config.state().resolve("digest.key"), false));
    }
    if (name.equals(CHECKPOINTS)) {
      return Optional.of(new Placed(name, config.audit().checkpoints(), true));
    }
    String logName = LOG + log.getFileName();
    if (name.startsWith(logName)
        && LATER_PART.matcher(name.substring(logName.length())).matches()) {
      return Optional.of(new Placed(name, log.resolveSibling(name.substring(LOG.length())), true));
    }
    if (name.startsWith(SEALS) && SEAL.matcher(name.substring(SEALS.length())).matches()) {
      return Optional.of(
          new Placed(name, seals(config).resolve(name.substring(SEALS.length())), false));
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
