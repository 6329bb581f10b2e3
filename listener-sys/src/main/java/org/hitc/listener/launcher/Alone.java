package org.hitc.listener.launcher;

import java.util.List;

/** How the launcher is started; {@link Main} refuses to run in another way. */
public final class Alone {
  private Alone() {}

  /**
   * What stands before its command: it is the first process of a PID namespace, so that with it
   * ends all that it has started. Its root is the whole root, but a chroot: in one the kernel lets
   * nobody make a user namespace (clone(2), EPERM), in which a program would be root of its own.
   *
   * @param mounts commands of a shell that mount something for it alone; each ends with a semicolon
   */
  public static List<String> command(String mounts) {
    return List.of(
        "/usr/bin/unshare",
        "--mount",
        "--propagation",
        "slave",
        "--pid",
        "--fork",
        "--kill-child=KILL",
        "--mount-proc",
        "--",
        "/bin/sh",
        "-ec",
        mounts + " mount --rbind / /mnt; exec /usr/sbin/chroot /mnt \"$@\"",
        "sh");
  }
}
