package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.PosixFiles;
import org.hitc.it.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Starting a listener on a hole that is not as it must be, or beside another listener. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartAttacksTest {
  private Siege siege;
  private Product product;

  @BeforeAll
  void layTheSiege() {
    siege = Siege.lay();
    product = siege.product();
  }

  @AfterAll
  void liftTheSiege() {
    if (siege != null) {
      siege.close();
    }
  }

  private interface Change {
    void make(Path daemon) throws IOException;
  }

  @Test
  void attack_17_a_listener_does_not_start_when_the_daemon_pipe_is_something_else()
      throws Exception {
    refused("a regular file", daemon -> Files.writeString(daemon, ""));
    refused(
        "a symbolic link",
        daemon -> Files.createSymbolicLink(daemon, daemon.resolveSibling("daemon.right")));
    refused("a directory", Files::createDirectory);
    refused(
        "a socket",
        daemon -> {
          try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(daemon));
          }
        });
    refused("missing", _ -> {});
    refused("mode 0666", daemon -> fifo(daemon, product.sysSide(), 0666));
    refused("mode 0660", daemon -> fifo(daemon, product.sysSide(), 0660));
    refused("user 0", daemon -> fifo(daemon, 0, 0620));
    refused("user " + product.webSide(), daemon -> fifo(daemon, product.webSide(), 0620));
  }

  private void fifo(Path path, int owner, int mode) throws IOException {
    PosixFiles.mkfifo(PosixFiles.AT_FDCWD, path.toString(), mode);
    PosixFiles.chownAt(PosixFiles.AT_FDCWD, path.toString(), owner, product.group());
    PosixFiles.chmodAt(PosixFiles.AT_FDCWD, path.toString(), mode);
  }

  /** Puts something else in the place of the daemon pipe, starts a listener, and puts it back. */
  private void refused(String found, Change change) throws Exception {
    Path daemon = product.chroot().resolve("hole/ctl/daemon");
    Path right = daemon.resolveSibling("daemon.right");
    Files.move(daemon, right);
    Started started;
    try {
      change.make(daemon);
      started = startAnother();
    } finally {
      Files.deleteIfExists(daemon);
      Files.move(right, daemon);
    }
    assertThat(started.exit()).as("exit with %s", found).isEqualTo(1);
    assertThat(started.said())
        .as("start with %s", found)
        .contains("E-CONFIG", daemon.toString(), found, "it must be a FIFO", "mode 0620");
    assertThat(started.said()).doesNotContain("ready", "Exception");
  }

  @Test
  void attack_17_nor_when_a_folder_of_the_hole_is_open_to_others() throws Exception {
    for (String name : List.of("hole/ctl", "hole/spool/jobs", "hole/spool/work", "keys")) {
      Path folder = product.chroot().resolve(name);
      int right = (int) Files.getAttribute(folder, "unix:mode") & 07777;
      PosixFiles.chmodAt(PosixFiles.AT_FDCWD, folder.toString(), 0777);
      Started started;
      try {
        started = startAnother();
      } finally {
        PosixFiles.chmodAt(PosixFiles.AT_FDCWD, folder.toString(), right);
      }
      assertThat(started.exit()).isEqualTo(1);
      assertThat(started.said())
          .contains("E-CONFIG", folder.toString(), "mode 0777", "mode %04o".formatted(right));
    }
  }

  @Test
  void attack_17_nor_when_its_configuration_can_be_changed_by_others() throws Exception {
    Path config = product.folder().resolve("etc/listener.yaml");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-rw-"));
    Started started;
    try {
      started = startAnother();
    } finally {
      Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
    }
    assertThat(started.exit()).isEqualTo(1);
    assertThat(started.said()).contains("E-CONFIG", config.toString());
  }

  @Test
  void attack_18_a_second_listener_is_refused_and_the_first_goes_on() throws Exception {
    long first = product.pid("listener");
    Started second;
    try (Probe _ = Probe.start(product)) {
      second = startAnother();
    }
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.said()).contains("E-CONFIG", "runs, or a command in its place");
    assertThat(product.pid("listener")).isEqualTo(first);
    assertThat(ProcessHandle.of(first)).isPresent();
    siege.answersHonestly();
  }

  @Test
  void attack_18_neither_root_nor_web_side_can_be_the_listener() throws Exception {
    for (int user : new int[] {0, product.webSide()}) {
      Started started = startAs(user);
      assertThat(started.exit()).isEqualTo(1);
      assertThat(started.said()).contains("E-CONFIG");
    }
    siege.answersHonestly();
  }

  private record Started(int exit, String said) {}

  private Started startAnother() throws Exception {
    return startAs(product.sysSide());
  }

  /** A listener as an operator would start it by hand, until it gives up. */
  private Started startAs(int user) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/setpriv",
                "--no-new-privs",
                "--reuid=" + user,
                "--regid=" + user,
                "--groups=" + product.group(),
                "--"));
    String config = product.folder().resolve("etc/listener.yaml").toString();
    List<String> listener =
        Product.run(Product.command(List.of("listen", "--config", config))).lines().toList();
    assertThat(listener).as("what changes tables").noneMatch(word -> word.contains("/tool/"));
    command.addAll(listener);
    ProcessBuilder start = new ProcessBuilder(command).redirectErrorStream(true);
    start.environment().put("LC_ALL", "C.UTF-8");
    Process started = start.start();
    started.getOutputStream().close();
    if (!started.waitFor(30, TimeUnit.SECONDS)) {
      started.destroyForcibly();
      throw new AssertionError("it was not refused but runs on");
    }
    return new Started(
        started.exitValue(), String.join("\n", started.inputReader().lines().toList()));
  }
}
