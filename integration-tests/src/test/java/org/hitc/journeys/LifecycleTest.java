package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a demo ends, nothing of it is left; and it does not begin where it should not. */
class LifecycleTest {
  private static final Duration A_FEW_SECONDS = Duration.ofSeconds(15);

  @Nested
  class Nothing_is_left {

    @Test
    void after_ctrl_c() {
      // Whatever runs in the background of a shell without job control ignores it, and its
      // children.
      Product product =
          Product.startThrough(
              List.of("/usr/bin/env", "--default-signal=INT"), List.of("demo", "--port", "0"));
      Remains remains = Remains.of(product);

      signal("INT", product.starter().pid());

      remains.awaitNone();
    }

    @Test
    void after_the_starter_was_killed() {
      Product product = Product.start();
      Remains remains = Remains.of(product);

      signal("KILL", product.starter().pid());

      remains.awaitNone();
    }

    @Test
    void after_the_shell_that_it_was_started_from_was_killed() {
      // Without a command behind it the shell would make way for the starter.
      Product product =
          Product.startThrough(
              List.of("/bin/sh", "-c", "\"$@\"; exit $?", "sh"), List.of("demo", "--port", "0"));
      Remains remains = Remains.of(product);

      signal("KILL", product.starter().pid());

      remains.awaitNone();
    }
  }

  @Nested
  class A_clear_no {

    @Test
    void to_a_folder_with_something_in_it_which_stays(@TempDir Path folder) throws IOException {
      Path mine = Files.writeString(folder.resolve("mine"), "mine");

      Said said = run(List.of("demo", "--port", "0", "--dir", folder.toString()));

      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.words())
          .isEqualTo("hitc: " + folder + " is not empty; name a folder that does not exist yet\n");
      assertThat(mine).hasContent("mine");
    }

    @Test
    void to_a_port_that_is_in_use() throws IOException {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Said said = run(List.of("demo", "--port", Integer.toString(taken.getLocalPort())));

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words())
            .isEqualTo(
                "hitc: port "
                    + taken.getLocalPort()
                    + " is in use; choose another with --port N\n");
      }
    }
  }

  @Nested
  class As_an_ordinary_user {

    @Test
    void everything_works_and_the_start_says_that_nothing_is_protected() {
      Assumptions.assumeTrue(Product.isReal(), "only root can start it as somebody else");
      List<String> nobody =
          List.of("/usr/bin/setpriv", "--reuid=65000", "--regid=65000", "--clear-groups", "--");
      try (Product product = Product.startThrough(nobody, List.of("demo", "--port", "0"))) {
        assertThat(String.join(" ", product.said()))
            .contains("TRY-OUT: not started as root")
            .contains("without a chroot")
            .contains("nothing is protected");
        Browser.Page report =
            new Browser(product.site()).signIn("anna").budget("204110", "2026-06");
        assertThat(report.words()).contains("12,386.75");
      }
    }

    @Test
    void nothing_is_left_of_it() {
      Assumptions.assumeTrue(Product.isReal(), "only root can start it as somebody else");
      List<String> nobody =
          List.of("/usr/bin/setpriv", "--reuid=65000", "--regid=65000", "--clear-groups", "--");
      Product product = Product.startThrough(nobody, List.of("demo", "--port", "0"));
      Remains remains = Remains.of(product);

      product.close();

      remains.awaitNone();
    }
  }

  /** What a running demo consists of, remembered while it runs. */
  private record Remains(Path folder, List<ProcessHandle> processes) {

    static Remains of(Product product) {
      List<ProcessHandle> all = new ArrayList<>(product.starter().descendants().toList());
      all.add(product.starter());
      assertThat(all).hasSizeGreaterThanOrEqualTo(4);
      assertThat(product.folder()).isDirectory();
      return new Remains(product.folder(), List.copyOf(all));
    }

    void awaitNone() {
      await()
          .atMost(A_FEW_SECONDS)
          .untilAsserted(() -> {
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(mounts()).noneMatch(line -> line.contains(folder.toString()));
            assertThat(Files.exists(folder, LinkOption.NOFOLLOW_LINKS)).isFalse();
          });
    }

    private static List<String> mounts() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/mounts"))) {
        return lines.toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Said(int exit, String words) {}

  private static Said run(List<String> words) throws IOException {
    Process process = new ProcessBuilder(Product.command(words)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.onExit().join().exitValue(), said);
  }

  private static void signal(String signal, long pid) {
    Product.run(List.of("kill", "-" + signal, Long.toString(pid)));
  }
}
