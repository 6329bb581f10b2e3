package org.hitc.redteam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.it.Authenticator;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.UserCommands;
import org.hitc.redteam.Jail;
import org.hitc.redteam.Siege;
import org.hitc.redteam.StolenGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Becoming somebody, staying somebody, and being stopped from it. */
@DisplayName("Whoever signs in")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SigningInTest {
  private static final Pattern PENDING = Pattern.compile("name=\"pending\" value=\"([0-9a-z]+)\"");
  private static final Pattern SESSION = Pattern.compile("\"sid\":\"([0-9a-f]{32})\"");

  private Product product;
  private UserCommands users;

  @BeforeAll
  void start() {
    Siege.requireReal();
    product = Product.start();
    users = new UserCommands(product);
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  private Browser browser() {
    return new Browser(product.site());
  }

  private static Browser.Page login(Browser browser, String user, String password) {
    return browser.post(
        "/login", Map.of("user", user, "password", password, "idle", "30", "next", "/"));
  }

  private static Browser.Page choose(Browser browser, Browser.Page page, String chosen) {
    return browser.post(
        "/login/next",
        Map.of("pending", page.found(PENDING), "next", "/", "v.new", chosen, "v.again", chosen));
  }

  private static boolean isSignedIn(Browser browser) {
    return !browser.get("/").at().startsWith("/login");
  }

  /** The session's id, out of the signed part of its token. */
  private static String session(Browser browser) {
    String payload = browser.token().split("\\.", -1)[2];
    String claims = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.ISO_8859_1);
    var match = SESSION.matcher(claims);
    assertThat(match.find()).isTrue();
    return match.group(1);
  }

  @Test
  @DisplayName("96: gets a session of their own whatever cookie was planted, and another each time")
  void fixation() {
    Browser attacker = browser().signIn("bert");
    Browser victim = browser();
    victim.useToken(attacker.token());

    victim.signIn("anna");

    String first = session(victim);
    assertThat(first).isNotEqualTo(session(attacker));
    assertThat(attacker.get("/").words()).contains("Bert").doesNotContain("Anna");
    assertThat(victim.get("/").words()).contains("Anna").doesNotContain("Bert");
    victim.signIn("anna");
    assertThat(session(victim)).isNotEqualTo(first);
  }

  @Test
  @DisplayName("96: with a password that must be changed is nobody until another one is chosen")
  void mustChange() throws IOException {
    users.run("temporary\n", "add", "--must-change", "--roles", "fis_user", "nina");
    assertThat(users.run("", "list")).contains("nina\tmust-change\tfis_user\t-\tnina");
    Browser nina = browser();

    Browser.Page asked = login(nina, "nina", "temporary");

    assertThat(asked.words()).contains("Choose a new password", "You are not signed in yet");
    assertThat(isSignedIn(nina)).isFalse();
    Browser.Page same = choose(nina, asked, "temporary");
    assertThat(same.status()).isEqualTo(422);
    assertThat(same.words()).contains("Error: Choose another password than the one you have");
    assertThat(same.body()).doesNotContain("value=\"temporary");
    assertThat(choose(nina, asked, "correct horse").status())
        .as("a handle used twice")
        .isEqualTo(409);
    assertThat(isSignedIn(nina)).isFalse();

    Browser elsewhere = browser();
    Browser.Page done = choose(elsewhere, same, "correct horse");

    assertThat(done.status()).isEqualTo(200);
    assertThat(elsewhere.get("/").words()).contains("Budget by object code");
    assertThat(isSignedIn(nina)).as("who had only the handle").isFalse();
    assertThat(login(browser(), "nina", "temporary").status()).isEqualTo(422);
    assertThat(users.run("", "list")).contains("nina\tenabled");
    assertThat(product.audit("\"sign-in-asked\"", "\"user\":\"nina\"", "NEW_PASSWORD"))
        .isNotEmpty();
    assertThat(product.audit("\"why\":\"E-PASS-SAME\"", "\"user\":\"nina\"")).hasSize(1);
    for (String secret :
        List.of("correct horse", same.found(PENDING), asked.found(PENDING), "temporary")) {
      assertThat(product.audit() + product.log("listener") + product.log("gateway"))
          .doesNotContain(secret);
    }
    Path file = product.users();
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(product.authSide());
    assertThat((Integer) Files.getAttribute(file, "unix:mode") & 0777).isEqualTo(0600);
  }

  @Test
  @DisplayName(
      "94: and is then disabled, given another password or removed, is out at the next request")
  void commands() {
    users.run("first secret\n", "add", "--roles", "fis_user", "otto");
    Browser otto = browser();
    login(otto, "otto", "first secret");
    Browser bert = browser().signIn("bert");
    assertThat(otto.get("/w/budget_12").status()).isEqualTo(200);

    users.run("", "roles", "otto", "guest");
    assertThat(otto.get("/w/budget_12").status()).isEqualTo(403);
    assertThat(isSignedIn(otto)).isTrue();
    users.run("", "roles", "otto", "guest,fis_user");
    assertThat(otto.get("/w/budget_12").status()).isEqualTo(200);

    users.run("second secret\n", "passwd", "otto");
    assertThat(isSignedIn(otto)).isFalse();
    assertThat(login(otto, "otto", "first secret").status()).isEqualTo(422);
    assertThat(login(otto, "otto", "second secret").status()).isEqualTo(200);

    users.run("", "disable", "otto");
    assertThat(isSignedIn(otto)).isFalse();
    assertThat(login(otto, "otto", "second secret").status()).isEqualTo(422);
    assertThat(users.run("", "list")).contains("otto\tdisabled\tfis_user,guest");

    users.run("", "enable", "otto");
    assertThat(login(otto, "otto", "second secret").status()).isEqualTo(200);
    users.run("", "remove", "otto");
    assertThat(isSignedIn(otto)).isFalse();
    assertThat(isSignedIn(bert)).isTrue();
    assertThat(users.said("", "disable", "otto").exit()).isEqualTo(1);
    assertThat(users.said("", "passwd", "bert").output()).contains("no password in the input");
    assertThat(users.run("", "list")).doesNotContain("$argon2id").doesNotContain("otto");

    for (String what : List.of("add", "roles", "password", "disable", "enable", "remove")) {
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() ->
              assertThat(
                      product.audit(
                          "\"event\":\"administered\"",
                          "\"what\":\"user-" + what + "\"",
                          "\"subject\":\"otto\""))
                  .as(what)
                  .isNotEmpty());
    }
    assertThat(product.audit("session-ended", "\"user\":\"otto\"", "signs in with this no more"))
        .hasSize(3);
  }

  @Test
  @DisplayName("99: a twenty-first time ends the session that would end first")
  void concurrentSessions() {
    users.run("many secrets\n", "add", "mona");
    List<Browser> all = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      Browser mona = browser();
      login(mona, "mona", "many secrets");
      all.add(mona);
    }
    List<Boolean> living = all.stream().map(SigningInTest::isSignedIn).toList();
    assertThat(living).filteredOn(lives -> !lives).hasSize(1);
    assertThat(living.getLast()).isTrue();
    assertThat(product.audit("session-ended", "\"user\":\"mona\"", "one sign-in too many"))
        .hasSize(1);
  }

  @Test
  @DisplayName(
      "86: with a name that nobody has is answered like one with a wrong password, in words and time")
  void unknownUser() {
    users.run("known secret\n", "add", "kurt");
    Browser browser = browser();
    Browser.Page wrong = login(browser, "kurt", "wrong secret");
    Browser.Page unknown = login(browser, "kora", "wrong secret");
    assertThat(unknown.status()).isEqualTo(wrong.status()).isEqualTo(422);
    assertThat(unknown.body().replace("kora", "kurt")).isEqualTo(wrong.body());

    double ratio = 0;
    for (int round = 0; round < 3 && !(ratio > 0.4 && ratio < 2.5); round++) {
      ratio = ratio(browser, round);
    }
    assertThat(ratio).as("wrong password : unknown user").isBetween(0.4, 2.5);
  }

  /** Median times; a sign-in that succeeds in between clears the count of the known user. */
  private double ratio(Browser browser, int round) {
    long[] wrong = new long[4];
    long[] unknown = new long[4];
    for (int i = 0; i < wrong.length; i++) {
      long begin = System.nanoTime();
      assertThat(login(browser, "kurt", "wrong secret").status()).isEqualTo(422);
      long middle = System.nanoTime();
      assertThat(login(browser, "nobody" + round + i, "wrong secret").status()).isEqualTo(422);
      unknown[i] = System.nanoTime() - middle;
      wrong[i] = middle - begin;
      login(browser(), "kurt", "known secret");
    }
    Arrays.sort(wrong);
    Arrays.sort(unknown);
    return (double) wrong[2] / unknown[2];
  }

  @Test
  @DisplayName("86: is not shut out by others who guess the password from many places")
  void guessedFromManyPlaces() {
    users.run("vera's secret\n", "add", "vera");
    Browser known = browser();
    assertThat(login(known, "vera", "vera's secret").status()).isEqualTo(200);
    try (Jail jail = Jail.breakInto(product)) {
      StolenGateway gateway = new StolenGateway(jail, "");
      int slowed = 0;
      for (int i = 0; i < 60; i++) {
        String source = "198.51.100." + i;
        assertThat(gateway.refusal(new Request.Login("vera", "guess" + i, "30", source, "en")))
            .as("the first try of a place is always looked at")
            .isEqualTo(Refusal.SIGN_IN);
        slowed +=
            gateway.refusal(new Request.Login("vera", "again" + i, "30", source, "en"))
                    == Refusal.SIGN_IN_SLOW
                ? 1
                : 0;
      }
      // Of 60, some come before it counts; a machine with much to do lets more pass.
      assertThat(slowed).isGreaterThan(15);
      assertThat(gateway.ask(new Request.Login("vera", "vera's secret", "30", "203.0.113.9", "en")))
          .isEqualTo(new Reply.SignedIn());
    }
    assertThat(login(browser(), "vera", "vera's secret").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("96: with a made-up handle gets nowhere, whatever it looks like")
  void madeUpHandles() {
    try (Jail jail = Jail.breakInto(product)) {
      StolenGateway gateway = new StolenGateway(jail, "");
      for (String handle : List.of("0".repeat(32), "f".repeat(32), "0", "zz", "a".repeat(31))) {
        Map<String, List<String>> chosen =
            Map.of("new", List.of("correct horse"), "again", List.of("correct horse"));
        assertThat(gateway.refusal(new Request.LoginAnswer(handle, chosen, "192.0.2.1", "en")))
            .isEqualTo(Refusal.SIGN_IN_ENDED);
      }
    }
  }

  @Test
  @DisplayName("96: with a second factor is nobody before its code, which works once")
  void secondFactor() throws Exception {
    users.run("first of two\n", "add", "fred");
    String uri = users.run("", "factor", "fred").lines().findFirst().orElseThrow();
    assertThat(uri)
        .matches("otpauth://totp/Hole-in-the-Chroot:fred\\?secret=[A-Z2-7]{32}&issuer=.*");
    Browser fred = browser();
    Browser.Page asked = login(fred, "fred", "first of two");
    assertThat(asked.words()).contains("Enter your code");
    assertThat(isSignedIn(fred)).isFalse();
    Browser.Page wrong = code(fred, asked, "12345");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.words()).contains("Error: The code is not right");

    String code = Authenticator.code(uri, Instant.now());
    assertThat(code(fred, wrong, code).status()).isEqualTo(200);
    assertThat(isSignedIn(fred)).isTrue();

    Browser thief = browser();
    assertThat(code(thief, login(thief, "fred", "first of two"), code).status()).isEqualTo(422);
    assertThat(isSignedIn(thief)).isFalse();
    assertThat(users.run("", "list")).contains("fred\tenabled+factor").doesNotContain("secret");
    users.run("", "factor", "--off", "fred");
    assertThat(isSignedIn(fred)).isFalse();
  }

  private static Browser.Page code(Browser browser, Browser.Page page, String code) {
    return browser.post(
        "/login/next", Map.of("pending", page.found(PENDING), "next", "/", "v.code", code));
  }
}
