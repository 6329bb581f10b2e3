package org.hitc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hitc.gateway.http.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

  private static final String LEAST = "instance = demo\nroot = /\nservice = University FIS\n";

  @Test
  void what_is_not_said_is_loopback_and_plain() {
    assertThat(Options.parse("f", "# ours\n\n" + LEAST))
        .isEqualTo(
            new Options.Reading.Usable(
                new Options(
                    new Endpoint(
                        List.of(InetAddress.ofLiteral("127.0.0.1")),
                        8080,
                        Optional.empty(),
                        List.of(),
                        List.of()),
                    "demo",
                    Path.of("/"),
                    "University FIS",
                    "")));
  }

  @Test
  void everything_can_be_said(@TempDir Path folder) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "s3cret\n");
    String text =
        LEAST
            + "listen = 0.0.0.0, ::\nport = 0\nkeystore = /k.p12\nkeystore_password_file = "
            + password
            + "\nproxy = 10.0.0.1\nhosts = fis.example.org, fis\nsupport = Desk = 1\n";
    assertThat(Options.parse("f", text))
        .isEqualTo(
            new Options.Reading.Usable(
                new Options(
                    new Endpoint(
                        List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::")),
                        0,
                        Optional.of(new Endpoint.KeyStoreFile(Path.of("/k.p12"), "s3cret")),
                        List.of(InetAddress.ofLiteral("10.0.0.1")),
                        List.of("fis.example.org", "fis")),
                    "demo",
                    Path.of("/"),
                    "University FIS",
                    "Desk = 1")));
  }

  @Test
  void every_problem_is_told_at_once_with_its_line() {
    Options.Reading reading =
        Options.parse("f", "port = 70000\nlisten = localhost\nprot = 1\nport = 1\nnonsense\n");
    assertThat(reading).isInstanceOf(Options.Reading.Unusable.class);
    assertThat(((Options.Reading.Unusable) reading).problems())
        .anySatisfy(p -> assertThat(p).startsWith("f:1: port: a port is a number"))
        .anySatisfy(p -> assertThat(p).startsWith("f:2: listen: localhost is not an IP address"))
        .anySatisfy(p -> assertThat(p).startsWith("f:3: prot: unknown"))
        .anySatisfy(p -> assertThat(p).isEqualTo("f:4: port stands there twice"))
        .anySatisfy(p -> assertThat(p).startsWith("f:5: "))
        .contains("f: instance: is missing", "f: root: is missing", "f: service: is missing");
  }

  @Test
  void beyond_loopback_it_needs_tls_or_a_proxy() {
    for (String listen : List.of("0.0.0.0", "::", "192.0.2.1", "127.0.0.1, 192.0.2.1")) {
      Options.Reading reading =
          Options.parse("f", LEAST + "hosts = fis\nlisten = " + listen + "\n");
      assertThat(((Options.Reading.Unusable) reading).problems())
          .singleElement()
          .asString()
          .startsWith("f:5: listen: listening beyond loopback needs TLS");
    }
    assertThat(Options.parse("f", LEAST + "hosts = fis\nlisten = ::1, 127.0.0.2\n"))
        .isInstanceOf(Options.Reading.Usable.class);
  }

  @Test
  void the_process_must_be_fit() {
    assertThat(new StartChecks(1000, "UTF-8", true).problems()).isEmpty();
    assertThat(new StartChecks(0, "ANSI_X3.4-1968", false).problems())
        .hasSize(3)
        .allSatisfy(p -> assertThat(p).contains(": "));
  }
}
