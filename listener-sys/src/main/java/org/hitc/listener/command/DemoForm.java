package org.hitc.listener.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** As whom, and where, the two processes of a demo run. */
enum DemoForm {
  /** Two users, and the gateway in the chroot. */
  REAL,
  /** One ordinary user for all, without a chroot: whoever started the demo. */
  ONE_USER,
  /** As {@link #ONE_USER}, for a root who has no ordinary user at hand: a build. */
  ONE_UNUSED_USER;

  static DemoForm of(boolean root, boolean train) {
    if (!root) {
      return ONE_USER;
    }
    return train ? ONE_UNUSED_USER : REAL;
  }

  boolean chroot() {
    return this == REAL;
  }

  /** True when steps can run as the signed-in user. */
  boolean asOthers() {
    return this == REAL;
  }

  /** What stands before a command so that it runs as this user, without any privilege. */
  List<String> asUser(int user, int group) {
    return this == ONE_USER
        ? List.of()
        : List.of(
            "/usr/bin/setpriv",
            "--no-new-privs",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--reuid=" + user,
            "--regid=" + user,
            "--groups=" + group,
            "--");
  }

  /** The same, and in the chroot when there is one. */
  List<String> asUserInChroot(int user, int group, Path chroot) {
    if (!chroot()) {
      return asUser(user, group);
    }
    // chroot(8) changes root, then user; what it needs for that is gone with the change of user.
    List<String> line =
        new ArrayList<>(
            List.of(
                "/usr/bin/setpriv",
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=-all,+sys_chroot,+setuid,+setgid",
                "--"));
    line.addAll(
        List.of(
            "/usr/sbin/chroot",
            "--userspec=" + user + ":" + user,
            "--groups=" + group,
            chroot.toString()));
    return List.copyOf(line);
  }
}
