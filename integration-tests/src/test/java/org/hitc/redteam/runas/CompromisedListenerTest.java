package org.hitc.redteam.runas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Somebody who owns the listener: its user, every file of it, the key that signs tokens. In front
 * of the launcher that is worth as much as those who have signed in.
 */
@DisplayName("148: Who owns the listener")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompromisedListenerTest {
  private static final String NO_GRANT = "Refused[why=GRANT";

  private Product product;
  private Accomplices listener;

  @BeforeAll
  void start() {
    Siege.requireReal();
    product = Product.start();
    listener = Accomplices.as(product, product.sysSide());
  }

  @AfterAll
  void stop() {
    if (product != null) {
      listener.close();
      product.close();
    }
  }

  private List<String> grantsOf(String user) {
    List<String> found = new ArrayList<>();
    for (String grant :
        listener.told("grants", product.folder().resolve("state").toString()).split(" ", -1)) {
      if (grant.startsWith(user + ".")) {
        found.add(grant);
      }
    }
    return found;
  }

  private String run(String grant) {
    return listener.told("run", grant, "", "show_forward");
  }

  /** Of all that the files hold, those with which something runs. */
  private List<String> good(String user) {
    return grantsOf(user).stream().filter(grant -> run(grant).startsWith("Exited")).toList();
  }

  private void awaitNone(String user) {
    await("no grant of " + user + " is good")
        .atMost(Duration.ofSeconds(5))
        .until(() -> good(user).isEmpty());
  }

  @Test
  @DisplayName("runs what the policy allows as who has signed in, and the launcher writes it down")
  void signedIn() {
    new Browser(product.site()).signIn("anna");
    List<String> good = good("anna");

    assertThat(good).isNotEmpty();
    assertThat(run(good.getFirst())).contains("FORWARD-TO=");
    assertThat(product.launches())
        .contains("\"job\":\"ATTA-CK\"", "\"user\":\"anna\"", "\"entry\":\"show_forward\"");
    assertThat(listener.told("run", good.getFirst(), "", "/bin/sh", "-c", "id"))
        .startsWith("Refused[why=POLICY");
    assertThat(listener.told("run", good.getFirst(), "root", "show_forward"))
        .startsWith("Refused[why=POLICY");
    assertThat(listener.told("run", good.getFirst(), "bert", "show_forward"))
        .startsWith("Refused[why=POLICY");
    assertThat(listener.told("run", good.getFirst(), "0", "show_forward"))
        .startsWith("Refused[why=USER");
    assertThat(listener.told("run", good.getFirst(), "", "show_forward", "--more"))
        .startsWith("Refused[why=ARGS");
    assertThat(product.launches()).contains("E-RUN-POLICY", "E-RUN-USER", "E-RUN-ARGS");
  }

  @Test
  @DisplayName("runs nothing as somebody who has not, whatever it makes of what it has")
  void notSignedIn() {
    new Browser(product.site()).signIn("anna");
    String grant = good("anna").getFirst();

    assertThat(good("bert")).as("grants of who has signed out again, if any").isEmpty();
    List<String> forged = new ArrayList<>();
    forged.add("");
    forged.add(grant.replaceFirst("anna", "bert"));
    forged.add(grant.replaceFirst("anna", "root"));
    String[] parts = grant.split("\\.", -1);
    forged.add(String.join(".", parts[0], parts[1], parts[2] + "9", parts[3], parts[4]));
    forged.add(String.join(".", parts[0], "1", parts[2], parts[3], parts[4]));
    forged.add(grant.substring(0, grant.length() - 1));
    forged.add(grant + "A");
    char last = grant.charAt(grant.length() - 2);
    forged.add(grant.substring(0, grant.length() - 2) + (last == 'A' ? 'B' : 'A') + "A");
    for (String one : forged) {
      assertThat(run(one)).as(one).startsWith(NO_GRANT);
    }
    assertThat(run(grant)).startsWith("Exited");
  }

  @Test
  @DisplayName("gets a grant from nobody, and reads no password hash, no log of launches")
  void sources() {
    assertThat(listener.told("tell", "grant.sock", "grant", "bert")).contains("denied");
    assertThat(listener.told("tell", "run.sock", "grant", "bert")).startsWith("Refused[why=SYNTAX");
    assertThat(listener.told("read", product.users().toString())).startsWith("AccessDenied");
    assertThat(listener.told("read", product.folder().resolve("log/launches.log").toString()))
        .startsWith("AccessDenied");
    assertThat(listener.told("read", product.folder().resolve("state/signing.key").toString()))
        .as("this it owns")
        .doesNotContain("denied", "AccessDenied");
  }

  @Test
  @DisplayName("has nothing more of a user who signs out, or whose session is ended")
  void ended() throws IOException {
    Browser bert = new Browser(product.site()).signIn("bert");
    assertThat(good("bert")).hasSize(1);
    bert.post("/logout", Map.of());
    awaitNone("bert");

    new Browser(product.site()).signIn("bert");
    new Browser(product.site()).signIn("bert");
    assertThat(good("bert")).hasSize(2);
    hitc("sessions", "end", "--user", "bert");
    awaitNone("bert");

    new Browser(product.site()).signIn("bert");
    assertThat(good("bert")).hasSize(1);
    hitc("user", "disable", "bert");
    awaitNone("bert");
    hitc("user", "enable", "bert");
  }

  private void hitc(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--config", product.folder().resolve("etc/listener.yaml").toString()));
    Product.run(Product.command(line));
  }

  @Test
  @DisplayName("146: is the only one whom the launcher hears")
  void strangers() {
    for (int user : new int[] {product.webSide(), product.authSide(), product.uid("anna")}) {
      try (Accomplices stranger = Accomplices.as(product, user)) {
        assertThat(stranger.told("tell", "run.sock", "revoke-all")).contains("denied");
        assertThat(stranger.told("run", "", "", "show_forward")).contains("connect: errno 13");
      }
    }
    try (Accomplices root = Accomplices.as(product, 0)) {
      assertThat(root.told("tell", "run.sock", "revoke-all")).contains("Exception");
      assertThat(root.told("tell", "grant.sock", "grant", "anna")).contains("Exception");
    }
    assertThat(product.launches()).contains("\"event\":\"stranger\"").doesNotContain("revoke-all");
    try (Accomplices web = Accomplices.as(product, product.webSide())) {
      assertThat(web.told("tell", "grant.sock", "grant", "anna")).contains("denied");
    }
  }

  @Test
  @DisplayName("147: says nonsense, and is no further")
  void nonsense() {
    new Browser(product.site()).signIn("anna");
    for (String nonsense : new String[] {"", "x", "\0\0\0\5", "\u007f\u007f\u007f\u007fxxxx"}) {
      assertThat(listener.told("raw", nonsense)).doesNotContain("Started", "Done", "Granted");
    }
    assertThat(run(good("anna").getFirst())).startsWith("Exited");
  }
}
