package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Version 1's way of signing in, with the very program of {@code docs/how-to/sign-in.md}. */
@DisplayName("A sign-in program")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInProgramTest {
  private Product product;
  private Path people;
  private Path roles;

  @BeforeAll
  void start() throws Exception {
    product = Product.start();
    people = product.folder().resolve("etc/programs/data/people");
    roles = product.folder().resolve("etc/roles");
    Files.writeString(
        people,
        person("anna", "s1", "anna's secret", "fis_user:de:Anna vom Programm")
            + person("olga", "s2", "olga's secret", "guest::Olga"));
    Files.setPosixFilePermissions(people, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(roles, "");
    Files.setPosixFilePermissions(roles, PosixFilePermissions.fromString("rw-r--r--"));
    product.addProgram(
        "check_password",
        block("program").replace("/usr/local/fis/data/people", people.toString()),
        "timeout: 5s, concurrent: 4");
    configure("sign_in: { program: check_password }");
  }

  @AfterAll
  void stop() {
    product.close();
  }

  private static String block(String mark) throws IOException {
    Matcher block =
        Pattern.compile("(?m)^<!-- " + mark + " -->\n```[a-z]*\n(?s:(.*?))^```$")
            .matcher(Files.readString(Product.checkout().resolve("docs/how-to/sign-in.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String person(String user, String salt, String password, String rest)
      throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest((salt + password).getBytes(StandardCharsets.UTF_8));
    return String.join(":", user, salt, HexFormat.of().formatHex(hash), rest) + "\n";
  }

  /** The listener with another way to sign in, started anew. */
  private void configure(String signIn) throws IOException, InterruptedException {
    Path config = product.folder().resolve("etc/listener.yaml");
    String now = Files.readString(config);
    Files.writeString(
        config,
        now.replaceAll("(?m)^(users|authenticator|sign_in): .*$", signIn),
        StandardOpenOption.TRUNCATE_EXISTING);
    product.killAndAwaitRestart("listener");
  }

  private Browser.Page login(Browser browser, String user, String password) {
    return browser.post(
        "/login", Map.of("user", user, "password", password, "idle", "30", "next", "/"));
  }

  @Test
  void says_who_somebody_is_and_what_they_may_do() {
    Browser anna = new Browser(product.site());
    assertThat(login(anna, "anna", "anna's secret").status()).isEqualTo(200);
    assertThat(anna.get("/").words()).contains("Anna vom Programm", "Angemeldet als");
    assertThat(anna.get("/w/budget_12").status()).isEqualTo(200);
    Browser olga = new Browser(product.site());
    assertThat(login(olga, "olga", "olga's secret").status()).isEqualTo(200);
    assertThat(olga.get("/w/budget_12").status()).isEqualTo(403);

    for (String[] wrong :
        new String[][] {{"anna", "demo"}, {"bert", "demo"}, {"nobody", "x"}, {"anna\nx", "y"}}) {
      assertThat(login(new Browser(product.site()), wrong[0], wrong[1]).words())
          .contains("User name or password is not right");
    }
    assertThat(product.audit() + product.log("listener") + product.log("gateway"))
        .doesNotContain("'s secret");
  }

  @Test
  void that_cannot_tell_signs_nobody_in_and_counts_nothing() throws IOException {
    Path program = product.folder().resolve("etc/programs/check_password");
    String right = Files.readString(program);
    try {
      Files.writeString(program, "#!/bin/sh\nkill -SEGV $$\n");
      for (int i = 0; i < 8; i++) {
        Browser.Page page = login(new Browser(product.site()), "anna", "anna's secret");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.words()).doesNotContain("is not right");
      }
      assertThat(product.log("listener")).contains("check_password: signal 11");
    } finally {
      Files.writeString(program, right);
    }
    assertThat(login(new Browser(product.site()), "anna", "anna's secret").status()).isEqualTo(200);
  }

  @Test
  void that_hangs_holds_up_nobody_who_has_signed_in() throws Exception {
    Browser anna = new Browser(product.site());
    login(anna, "anna", "anna's secret");
    Path program = product.folder().resolve("etc/programs/check_password");
    String right = Files.readString(program);
    List<Future<Integer>> tries = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Files.writeString(program, "#!/bin/sh\nsleep 3\nexit 1\n");
      for (int i = 0; i < 60; i++) {
        String user = "u" + i;
        tries.add(
            people.submit(() -> login(new Browser(product.site()), user, "anything").status()));
      }
      TimeUnit.SECONDS.sleep(1);

      Instant before = Instant.now();
      assertThat(anna.getOnly("/jobs").status()).isEqualTo(200);
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));

      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> one : tries) {
        answers.add(one.get());
      }
      assertThat(answers).contains(503);
    } finally {
      Files.writeString(program, right);
    }
    assertThat(product.audit("too many sign-ins at once")).isNotEmpty();
  }

  @Test
  @DisplayName("94: loses to the roles file, from the next request on")
  void roles_file() throws Exception {
    Files.writeString(roles, "anna: fis_user\n");
    configure("sign_in: { program: check_password, roles_file: \"" + roles + "\" }");
    Browser anna = new Browser(product.site());
    login(anna, "anna", "anna's secret");
    assertThat(anna.get("/w/budget_12").status()).isEqualTo(200);

    Files.writeString(roles, block("roles").replace("anna: fis_user, fis_audit", "anna: guest"));
    assertThat(anna.get("/w/budget_12").status()).isEqualTo(403);
    assertThat(anna.get("/").at()).isEqualTo("/");

    Files.writeString(roles, "anna: fis_user\n");
    assertThat(anna.get("/w/budget_12").status()).isEqualTo(200);

    Files.writeString(roles, "anna fis_user\n");
    assertThat(anna.get("/w/budget_12").status()).as("while it is wrong").isEqualTo(503);

    Files.writeString(roles, "anna: !\n");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> anna.get("/w/budget_12").at().startsWith("/login"));
    assertThat(login(anna, "anna", "anna's secret").words())
        .as("in the language of her pages")
        .contains("Benutzername oder Passwort stimmt nicht");
    configure("sign_in: { program: check_password }");
  }
}
