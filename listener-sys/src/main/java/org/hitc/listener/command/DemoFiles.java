package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sysadmin would write by hand: the configuration of a demo, beside the sample workflows and
 * programs.
 *
 * @param place folder of the demo
 */
record DemoFiles(Path place, DemoUsers as, DemoForm form) {
  static final String INSTANCE = "demo";

  Path etc() {
    return place.resolve("etc");
  }

  Path state() {
    return place.resolve("state");
  }

  /** What belongs to the authenticator. */
  Path auth() {
    return place.resolve("auth");
  }

  /** The password file: the authenticator's when there is one. */
  Path users() {
    return (form.asOthers() ? auth() : state()).resolve("users");
  }

  /** Folders of sockets. */
  Path sockets() {
    return place.resolve("run");
  }

  Path launcherSockets() {
    return sockets().resolve("launcher");
  }

  Path authenticatorSockets() {
    return sockets().resolve("auth");
  }

  DemoAccounts accounts() {
    return new DemoAccounts(place.resolve("accounts"), as);
  }

  Path launcherPolicy() {
    return etc().resolve("launcher.yaml");
  }

  Path authenticatorConfig() {
    return etc().resolve("authenticator.yaml");
  }

  Path listenerConfig() {
    return etc().resolve("listener.yaml");
  }

  Path chroot() {
    return place.resolve("chroot");
  }

  Path gatewayConfig() {
    return chroot().resolve("app/gateway.conf");
  }

  /**
   * Sample workflows with their copybooks, programs, and {@code programs.yaml} with their real
   * folder.
   */
  void installSamples(Path examples) throws IOException {
    DemoPlace.makeFolder(etc().resolve("workflows"));
    Path programs = etc().resolve("programs");
    Chroot.copyTree(examples.resolve("programs"), programs);
    try (Stream<Path> files = Files.list(examples)) {
      List<Path> workflows =
          files
              .filter(f ->
                  f.toString().matches(".*\\.(yaml|cpy|schema\\.json)")
                      && !f.endsWith("programs.yaml")
                      && !f.endsWith("launcher.yaml"))
              .toList();
      for (Path workflow : workflows) {
        Path installed = etc().resolve("workflows").resolve(workflow.getFileName());
        DemoPlace.write(installed, Files.readString(workflow));
        String name = workflow.getFileName().toString().replaceFirst("\\.yaml$", "");
        if (Files.isDirectory(examples.resolve(name))) {
          Chroot.copyTree(examples.resolve(name), installed.resolveSibling(name));
        }
      }
    }
    // Files of a checkout may be group-writable; a listener refuses such programs.
    try (Stream<Path> copied = Files.walk(etc())) {
      for (Path file : (Iterable<Path>) copied::iterator) {
        boolean enter = Files.isDirectory(file) || Files.isExecutable(file);
        Files.setPosixFilePermissions(
            file, PosixFilePermissions.fromString(enter ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
    DemoPlace.write(
        etc().resolve("programs.yaml"),
        Files.readString(examples.resolve("programs.yaml"))
            .replace("@PROGRAMS@", programs.toString()));
    DemoPlace.write(
        launcherPolicy(),
        Files.readString(examples.resolve("launcher.yaml"))
            .replace("@PROGRAMS@", programs.toString())
            .replace("@FOLDER@", launcherSockets().toString())
            .replace("@LOG@", place.resolve("log/launches.log").toString())
            .replace("@SYS_SIDE@", Integer.toString(as.sysSide()))
            .replace("@AUTH_SIDE@", Integer.toString(as.authSide()))
            .replace("@WEB_SIDE@", Integer.toString(as.webSide()))
            .replace("@UIDS@", as.firstPerson() + "-" + as.lastPerson()));
  }

  void writeListenerConfig(String zone) throws IOException {
    DemoPlace.write(
        listenerConfig(),
        """
        instance: %s
        root: %s
        web_side: %d
        sys_side: %d
        group: %d
        state: %s
        programs: %s
        workflows: %s
        %s
        time_zone: %s
        try_out: %s
        """
            .formatted(
                INSTANCE,
                chroot(),
                as.webSide(),
                as.sysSide(),
                as.group(),
                state(),
                etc().resolve("programs.yaml"),
                etc().resolve("workflows"),
                signIn(),
                zone,
                !form.chroot()));
  }

  private String signIn() {
    return form.asOthers()
        ? "authenticator: %s\nlauncher: %s".formatted(authenticatorSockets(), launcherSockets())
        : "users: " + users();
  }

  void writeAuthenticatorConfig() throws IOException {
    DemoPlace.write(
        authenticatorConfig(),
        """
        folder: %s
        auth_side: %d
        sys_side: %d
        users: %s
        launcher: %s
        """
            .formatted(
                authenticatorSockets(), as.authSide(), as.sysSide(), users(), launcherSockets()));
  }

  /**
   * The gateway's configuration.
   *
   * @param root folder with {@code hole} and {@code keys}, as the gateway sees it
   */
  void writeGatewayConfig(Path root, int port) throws IOException {
    DemoPlace.write(
        gatewayConfig(),
        """
        instance = %s
        root = %s
        port = %d
        listen = 127.0.0.1
        service = University FIS (demo)
        support = This is a demo with sample data.
        """
            .formatted(INSTANCE, root, port));
  }
}
