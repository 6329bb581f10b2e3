package org.hitc.listener.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the launcher does, and nothing beyond it.
 *
 * @param folder of the sockets
 * @param sysSide who asks for runs
 * @param authSide who asks for grants
 * @param grants how long a grant lasts
 * @param uids of accounts that something may run as
 * @param gidMin lowest primary group of such an account
 * @param services users of the product itself, never run as
 * @param denied groups whose members are never run as, by name
 * @param deniedGids the same by number
 */
public record Policy(
    Path folder,
    Side sysSide,
    Side authSide,
    Path log,
    Duration grants,
    Yaml.Range uids,
    int gidMin,
    Set<Integer> services,
    Set<String> denied,
    Set<Integer> deniedGids,
    Map<String, Entry> entries) {

  /** A user of the product, with its primary group. */
  public record Side(int uid, int gid) {}

  /** Members can become root, or read what only root should. */
  static final Set<String> DENIED =
      Set.of(
          "root",
          "sudo",
          "wheel",
          "adm",
          "admin",
          "docker",
          "podman",
          "lxd",
          "lxc",
          "incus",
          "incus-admin",
          "disk",
          "kmem",
          "shadow",
          "tty",
          "kvm",
          "libvirt",
          "libvirt-qemu",
          "systemd-journal",
          "ssl-cert");

  public Policy {
    services = Set.copyOf(services);
    denied = Set.copyOf(denied);
    deniedGids = Set.copyOf(deniedGids);
    entries = Map.copyOf(entries);
  }

  /** The entry of this name. */
  public Optional<Entry> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /**
   * What is known before a run to be refused.
   *
   * @param account {@link org.hitc.listener.launcher.protocol.Ask.Run#SIGNED_IN}, or a name
   * @param args empty where only a run will tell
   */
  public Optional<String> objection(String entry, String account, List<Optional<String>> args) {
    return entry(entry)
        .map(e -> e.objection(account, args))
        .orElseGet(() -> Optional.of("the policy has no entry " + entry));
  }

  /** A line for each entry, by name, for the auditor. */
  public List<String> describe() {
    return entries.values().stream().map(Entry::describe).sorted().toList();
  }

  /** Whether both have the same sockets and the same log, which a running launcher has open. */
  boolean sameProcess(Policy other) {
    return folder.equals(other.folder)
        && sysSide.equals(other.sysSide)
        && authSide.equals(other.authSide)
        && log.equals(other.log);
  }
}
