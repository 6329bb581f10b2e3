package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** As root makes a backup and goes back to it, while people work. */
@DisplayName("A backup of the running product")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupTest {
  @TempDir Path folder;
  private Product product;

  @BeforeAll
  void start() {
    Siege.requireReal();
    product = Product.start();
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  private String hitc(String command, String option, Path file) {
    return Product.run(
        Product.command(
            List.of(
                command,
                "--config",
                product.folder().resolve("etc/listener.yaml").toString(),
                option,
                file.toString())));
  }

  @Test
  void is_whole_holds_no_secretkey_and_ends_no_session() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    String report = anna.budget("204110", "2026-06").at();
    Path file = folder.resolve("backup.zip");

    assertThat(hitc("backup", "--to", file)).contains("The backup is whole");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(0);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = zip.stream().map(Object::toString).toList();
      assertThat(names)
          .contains("store/jobs", "audit/audit.log", "config/listener.yaml", "manifest")
          // That is the authenticator's, which this command cannot read.
          .doesNotContain("users");
      assertThat(names).noneMatch(name -> name.endsWith(".key") && !name.contains("digest"));
      String secret = Files.readString(product.folder().resolve("state/keys/signing.key"));
      for (String name : names) {
        try (var in = zip.getInputStream(zip.getEntry(name))) {
          assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
              .as(name)
              .doesNotContain(secret.strip().replaceFirst(".* ", ""), anna.token());
        }
      }
    }
    assertThatThrownBy(() -> hitc("backup", "--to", file)).hasMessageContaining("there already");

    assertThat(hitc("restore", "--from", file)).contains("left as it is", "records that are there");

    assertThat(anna.get(report).words()).contains("12,386.75");
    try (Stream<Path> state = Files.walk(product.folder().resolve("state"))) {
      for (Path one : (Iterable<Path>) state::iterator) {
        assertThat(owner(one)).as(one.toString()).isEqualTo(product.sysSide());
      }
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !product.audit("administered", "\"what\":\"restore\"").isEmpty());
    assertThat(product.audit("administered", "\"what\":\"backup\"")).hasSize(1);
  }

  private static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }
}
