package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.it.Product;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The running processes as the kernel sees them: who they are, where, and what they hold. */
@ExtendWith(SharedProduct.class)
class ProcessesTest {
  /** KiB. */
  private static final long MAX_RESIDENT = 96 * 1024;

  /** In this time both have given back what only the start needed. */
  private static final Duration UNTIL_IDLE = Duration.ofSeconds(30);

  /** 5 s are promised on a machine that does nothing else; a busy one gets three times that. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(15);

  private final Product product;

  ProcessesTest(Product product) {
    this.product = product;
  }

  @BeforeAll
  static void only_root_has_users_and_a_chroot_to_look_at() {
    Assumptions.assumeTrue(Product.isReal(), "only root can make users and a chroot");
  }

  @Nested
  class The_gateway {
    private final Path process = Path.of("/proc", Long.toString(product.pid("gateway")));

    @Test
    void is_the_user_web_side_in_no_group_but_its_own_and_the_hole_s() throws IOException {
      String user = Integer.toString(product.webSide());

      assertThat(status(process, "Uid")).containsOnly(user);
      assertThat(status(process, "Gid")).containsOnly(user);
      assertThat(status(process, "Groups")).containsExactly(Integer.toString(product.group()));
    }

    @Test
    void has_the_chroot_as_its_root_and_its_working_folder() throws IOException {
      assertThat(Files.readSymbolicLink(process.resolve("root"))).isEqualTo(product.chroot());
      assertThat(Files.readSymbolicLink(process.resolve("cwd"))).isEqualTo(product.chroot());
    }

    @Test
    void has_no_capability_and_can_get_none() throws IOException {
      for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
        assertThat(status(process, set)).as(set).containsExactly("0000000000000000");
      }
      assertThat(status(process, "NoNewPrivs")).containsExactly("1");
    }

    @Test
    void holds_nothing_outside_but_the_end_of_its_log() throws IOException {
      String log = product.folder().resolve("log/gateway.log").toString();
      List<String> outside = new ArrayList<>();
      for (Path descriptor : list(process.resolve("fd"))) {
        String target = Files.readSymbolicLink(descriptor).toString();
        int number = Integer.parseInt(descriptor.getFileName().toString());
        if (target.equals(log)) {
          assertThat(number).isIn(1, 2);
          assertThat(flags(process, number)).isEqualTo(O_WRONLY | O_APPEND);
        } else if (target.startsWith("/") && !target.startsWith(product.chroot() + "/")) {
          outside.add(number + " -> " + target);
        }
      }

      assertThat(outside).isEmpty();
    }

    @Test
    void reaches_no_file_of_the_other_side() {
      Path root = process.resolve("root");

      for (Path file :
          List.of(
              product.folder().resolve("state/audit.log"),
              product.folder().resolve("state/keys/signing.key"),
              product.folder().resolve("etc/programs.yaml"),
              Path.of("/etc/passwd"),
              Path.of("/proc/self/status"),
              Path.of("/bin/sh"))) {
        assertThat(file).exists();
        assertThat(root.resolve(file.toString().substring(1))).doesNotExist();
      }
    }
  }

  @Nested
  class The_listener {
    private final Path process = Path.of("/proc", Long.toString(product.pid("listener")));

    @Test
    void is_the_user_sys_side_and_not_root() throws IOException {
      String user = Integer.toString(product.sysSide());

      assertThat(product.sysSide()).isNotIn(0, product.webSide());
      assertThat(status(process, "Uid")).containsOnly(user);
      assertThat(status(process, "Gid")).containsOnly(user);
      assertThat(status(process, "Groups")).containsExactly(Integer.toString(product.group()));
    }

    @Test
    void has_no_capability_and_can_get_none() throws IOException {
      assertThat(status(process, "CapEff")).containsExactly("0000000000000000");
      assertThat(status(process, "CapBnd")).containsExactly("0000000000000000");
      assertThat(status(process, "NoNewPrivs")).containsExactly("1");
    }
  }

  @Test
  void nothing_runs_as_root_but_the_starter_its_janitor_and_the_launcher() throws IOException {
    List<String> asRoot = new ArrayList<>();
    for (ProcessHandle process : product.starter().descendants().toList()) {
      Path folder = Path.of("/proc", Long.toString(process.pid()));
      if (status(folder, "Uid").contains("0")) {
        asRoot.add(Files.readString(folder.resolve("cmdline")).replace('\0', ' '));
      }
    }

    // The janitor is a shell, and the cat that tells it of the starter's end.
    assertThat(asRoot)
        .hasSize(4)
        .anyMatch(line -> line.startsWith("/usr/bin/unshare "))
        .anyMatch(line -> line.contains(" org.hitc.listener.launcher.Main "))
        .anyMatch(line -> line.startsWith("/bin/sh -c") && line.contains("umount"))
        .anyMatch(line -> line.equals("cat "));
  }

  @Nested
  class The_chroot {
    /** What architecture.md allows there, by the name of the artifact. */
    private static final Set<String> JARS =
        Set.of(
            "gateway-web",
            "channel",
            "i18n",
            "session-store-token",
            "bcprov-jdk18on",
            "caffeine",
            "icu4j",
            "jakarta.servlet-api",
            "jetty-alpn-java-server",
            "jetty-alpn-server",
            "jetty-ee11-servlet",
            "jetty-http",
            "jetty-http2-common",
            "jetty-http2-hpack",
            "jetty-http2-server",
            "jetty-io",
            "jetty-security",
            "jetty-server",
            "jetty-session",
            "jetty-util",
            "jte-runtime",
            "slf4j-api",
            "slf4j-jdk14");

    @Test
    void holds_exactly_the_jars_that_may_lie_there() throws IOException {
      Set<String> there =
          list(product.chroot().resolve("app/lib")).stream()
              .map(jar -> jar.getFileName().toString())
              .map(name -> name.replaceFirst("-[0-9][^/]*?(-token)?\\.jar$", "$1"))
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(there).isEqualTo(new TreeSet<>(JARS));
    }

    @Test
    void holds_no_program_but_the_runtime_s_own() throws IOException {
      List<String> programs =
          files().stream()
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .filter(Files::isExecutable)
              .map(file -> product.chroot().relativize(file).toString())
              .filter(file -> !file.matches(".*\\.so(\\.[0-9]+)*"))
              .toList();

      assertThat(programs)
          .allMatch(file -> file.startsWith("app/jre/") || file.equals("app/gateway.aot"))
          .noneMatch(file -> file.matches(".*/(sh|bash|dash|busybox|javac|jshell|jcmd|jar)"));
    }

    @Test
    void holds_nothing_that_changes_who_one_is() throws IOException {
      for (Path file : files()) {
        int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
        assertThat(mode & SET_UID).as("set-uid of %s", file).isZero();
        assertThat(folder ? 0 : mode & SET_GID).as("set-gid of %s", file).isZero();
      }
    }

    @Test
    void is_writable_for_the_gateway_only_in_the_spool_s_jobs() throws IOException {
      List<Path> writable = new ArrayList<>();
      for (Path file : files()) {
        if (!Files.isSymbolicLink(file) && webSideMayWrite(file) && !file.equals(hint())) {
          writable.add(file);
        }
      }

      assertThat(writable)
          .allMatch(file -> file.startsWith(product.jobs()))
          .contains(product.jobs());
    }

    /** The daemon pipe: what is written there are hints of 16 bytes, and no more than hints. */
    private Path hint() {
      return product.chroot().resolve("hole/ctl/daemon");
    }

    private boolean webSideMayWrite(Path file) throws IOException {
      int owner = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      int group = (Integer) Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
      Set<PosixFilePermission> may = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
      if (owner == product.webSide()) {
        return true;
      }
      return (group == product.webSide() || group == product.group())
          ? may.contains(PosixFilePermission.GROUP_WRITE)
          : may.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private List<Path> files() throws IOException {
      try (Stream<Path> all = Files.walk(product.chroot())) {
        return all.toList();
      }
    }
  }

  @Test
  void gateway_and_listener_are_small_when_idle() throws IOException {
    try (Product fresh = Product.start()) {
      for (String side : List.of("gateway", "listener")) {
        Path process = Path.of("/proc", Long.toString(fresh.pid(side)));
        await()
            .atMost(UNTIL_IDLE)
            .untilAsserted(() -> assertThat(resident(process)).as(side).isLessThan(MAX_RESIDENT));
        System.out.printf("%s: %d KiB resident when idle%n", side, resident(process));
      }
    }
  }

  /** KiB of memory. */
  private static long resident(Path process) throws IOException {
    return Long.parseLong(status(process, "VmRSS").getFirst());
  }

  @Test
  void a_built_tree_is_ready_within_seconds() {
    Instant begun = Instant.now();
    try (Product _ = Product.start()) {
      Duration took = Duration.between(begun, Instant.now());
      System.out.printf("ready after %d ms%n", took.toMillis());
      assertThat(took).isLessThan(READY_WITHIN);
    }
  }

  private static final int O_WRONLY = 1;
  private static final int O_APPEND = 02000;
  private static final int SET_UID = 04000;
  private static final int SET_GID = 02000;

  /** Open flags of a descriptor, without those that say nothing about what can be done with it. */
  private static int flags(Path process, int descriptor) throws IOException {
    int accessAndAppend = 3 | O_APPEND;
    return Files.readAllLines(process.resolve("fdinfo").resolve(Integer.toString(descriptor)))
        .stream()
        .filter(line -> line.startsWith("flags:"))
        .mapToInt(line -> Integer.parseInt(line.substring(6).strip(), 8) & accessAndAppend)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> status(Path process, String key) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .flatMap(line -> Arrays.stream(line.substring(key.length() + 1).strip().split("\\s+")))
        .toList();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
