package org.hitc.listener.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values for tests. */
final class Some {
  private Some() {}

  static Policy policy() {
    return new Policy(
        Path.of("/run/hitc/launcher"),
        new Policy.Side(991, 991),
        new Policy.Side(992, 992),
        Path.of("/var/log/hitc/launcher.log"),
        Duration.ofHours(10),
        new Yaml.Range(1_000, 59_999),
        1_000,
        Set.of(991, 992, 2_000),
        Policy.DENIED,
        Set.of(27, 991),
        Map.of("budget", entry(List.of())));
  }

  static Entry entry(List<Argument> args) {
    return new Entry(
        "budget",
        Path.of("/opt/hitc/budget"),
        Optional.empty(),
        true,
        Set.of("clerk"),
        new Entry.Audience.All(),
        args,
        UTF_8,
        Map.of("MAIL_DATA", "/x"),
        new Entry.Folder.Home(),
        Set.of(),
        Limits.DEFAULT,
        2);
  }

  static Account anna() {
    return account(4_001, 4_001);
  }

  static Account account(long uid, long gid) {
    return account(uid, gid, Set.of((int) gid), Set.of("anna"));
  }

  static Account account(long uid, long gid, Set<Integer> groups, Set<String> names) {
    return new Account(
        "anna", uid, gid, groups, names, "/home/anna", true, "/bin/sh", false, false);
  }
}
