package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.Assumptions;

/** A running product, an attacker inside its chroot, and a session that fell into his hands. */
public final class Siege implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Product product;
  private final Jail jail;
  private final Browser victim;
  private final Runnable afterwards;

  private Siege(Product product, Jail jail, Browser victim, Runnable afterwards) {
    this.product = product;
    this.jail = jail;
    this.victim = victim;
    this.afterwards = afterwards;
  }

  /** Skips the tests of somebody who is not root. */
  public static void requireReal() {
    Assumptions.assumeTrue(
        Product.isReal(), "needs root: without two users and a chroot there is nothing to attack");
  }

  /** Starts a product and breaks into it. */
  public static Siege lay() {
    requireReal();
    Product product = Product.start();
    return new Siege(product, Jail.breakInto(product), victimIn(product), product::close);
  }

  /** Breaks into a product that goes on running afterwards. */
  public static Siege around(Product product) {
    requireReal();
    return new Siege(product, Jail.breakInto(product), victimIn(product), () -> {});
  }

  private static Browser victimIn(Product product) {
    return new Browser(product.site()).signIn("anna");
  }

  /** What is attacked. */
  public Product product() {
    return product;
  }

  /** The attacker. */
  public Jail jail() {
    return jail;
  }

  /** The browser of anna, whose session is known to the attacker. */
  public Browser victim() {
    return victim;
  }

  /** A valid request for the list of what anna may do. */
  byte[] home() {
    return RequestCodec.encode(new Request.Home(victim.token(), "en"));
  }

  /** A valid request that would start a program: the form of budget_12 asks for the periods. */
  byte[] start() {
    return RequestCodec.encode(new Request.Start(victim.token(), "budget_12", Map.of(), "en"));
  }

  /** Lines of the audit log that speak of a request. */
  List<String> auditOf(RequestId id) {
    return product.audit().lines().filter(line -> line.contains(id.hex())).toList();
  }

  /** How many programs were started so far. */
  public long programs() {
    return product.audit().lines().filter(l -> l.contains("\"program-started\"")).count();
  }

  void awaitAudit(RequestId id, Refusal why) {
    await("audit of " + why.code())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> assertThat(auditOf(id)).anyMatch(l -> l.contains("\"" + why.code() + "\"")));
  }

  /** Waits until it is so. */
  public void awaitThat(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  /** Asks for something that would start a program, and expects that it does not come to that. */
  void refused(Refusal why, Attack attack) {
    long before = programs();
    RequestId id = Jail.anyId();
    int out = jail.makeOut(id);
    attack.prepare(id);
    jail.hint(id);
    awaitAudit(id, why);
    assertThat(jail.receive(out).outcome()).as("told on the results pipe").contains(why.code());
    assertThat(programs()).as("programs started").isEqualTo(before);
    assertThat(product.jobs().resolve(id + ".in")).doesNotExist();
  }

  /** What the attacker leaves under an id. */
  interface Attack {
    void prepare(RequestId id);
  }

  /** The same question, asked honestly, is answered: what was refused before was the attack. */
  void answersHonestly() {
    Jail.Answer answer = jail.ask(home());
    assertThat(answer.outcome()).contains("OK");
    assertThat(RecordCodec.decode(Reply.class, answer.page())).isInstanceOf(Reply.Show.class);
  }

  /** What a page says about a refusal, in English. */
  public static String words(Refusal why) {
    ResourceBundle english =
        ResourceBundle.getBundle("org.hitc.channel.messages.messages_en", Locale.ROOT);
    return english.getString(why.messageKey());
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      jail.close();
    } finally {
      afterwards.run();
    }
  }
}
