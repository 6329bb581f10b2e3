package org.hitc.listener.backup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hitc.listener.config.ListenerConfig;

/**
 * A file that a backup holds and a restore may put back.
 *
 * @param name of the part
 * @param file where it lies in this installation
 * @param isLog true when it grows while it is read, by whole lines
 */
record Placed(String name, Path file, boolean isLog) {

  /** Those of an installation, whether they exist or not. */
  static List<Placed> all(ListenerConfig config) {
    List<Placed> all = new ArrayList<>();
    config.signIn().passwordFile().ifPresent(file -> all.add(new Placed("users", file, false)));
    all.add(new Placed("state/digest.key", config.state().resolve("digest.key"), false));
    for (Path part : Parts.of(config.audit().log())) {
      all.add(new Placed("audit/" + part.getFileName(), part, true));
    }
    return List.copyOf(all);
  }
}
