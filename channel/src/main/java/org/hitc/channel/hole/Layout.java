package org.hitc.channel.hole;

import java.nio.file.Path;

/**
 * Where the parts of the hole lie.
 *
 * @param root the chroot as this process sees it: {@code /} for a gateway inside it
 */
public record Layout(Path root) {
  static final String DAEMON = "daemon";

  /** Holds all of it but the keys. */
  public Path hole() {
    return root.resolve("hole");
  }

  /** Holds the daemon pipe, so that nobody but the administrator can replace it. */
  public Path ctl() {
    return hole().resolve("ctl");
  }

  /** The daemon pipe: hints, from the gateway to the listener. */
  public Path daemon() {
    return ctl().resolve(DAEMON);
  }

  /** Where a file system of its own is mounted, if there is one. */
  public Path spool() {
    return hole().resolve("spool");
  }

  /** The requests and the results pipes. */
  public Path jobs() {
    return spool().resolve("jobs");
  }

  /** The listener's own: claimed requests. */
  public Path work() {
    return spool().resolve("work");
  }

  /** What this installation words differently, for both sides to read; need not be there. */
  public Path messages() {
    return root.resolve("messages");
  }

  /** The public keys of sessions, for the gateway to read. */
  public Path keys() {
    return root.resolve("keys");
  }
}
