package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hitc.channel.os.PosixFiles.O_CREAT;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.sign.TokenSigner;
import org.hitc.session.token.Claims;
import org.hitc.session.token.PublicKeyFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The keys of sessions: changed by the administrator, and wanted by the attacker. */
@DisplayName("The keys of sessions")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysTest {
  private Siege siege;
  private Product product;
  private Jail jail;

  @BeforeAll
  void layTheSiege() {
    siege = Siege.lay();
    product = siege.product();
    jail = siege.jail();
  }

  @AfterAll
  void liftTheSiege() {
    if (siege != null) {
      siege.close();
    }
  }

  @Test
  @DisplayName(
      "88: are replaced without signing anybody out; of a removed one no token is believed")
  void attack_88_keys_are_replaced() {
    Browser anna = new Browser(product.site()).signIn("anna");
    String before = anna.token();
    String old = keyOf(before);

    String said = keys("rotate");

    Browser bert = new Browser(product.site());
    siege.awaitThat(
        "a new session is signed with the new key",
        () -> !keyOf(bert.signIn("bert").token()).equals(old));
    assertThat(said).contains(old + " is believed until ", "hitc keys add");
    assertThat(anna.get("/").status()).as("of the old key, believed for a while").isEqualTo(200);
    assertThat(outcome(before)).isEqualTo("OK");
    assertThat(keys("list")).containsPattern(old + " +own +retired");

    keys("remove", old);

    siege.awaitThat("the listener", () -> outcome(before).equals(Refusal.SESS_KEY.code()));
    siege.awaitThat("the gateway", () -> anna.get("/").at().contains("login"));
    assertThat(bert.get("/").status()).isEqualTo(200);
    assertThat(bert.get("/").at()).doesNotContain("login");
    assertThat(product.audit("\"event\":\"keys-in-force\"", "no more " + old)).isNotEmpty();
    assertThatThrownBy(() -> keys("remove", keyOf(bert.token()))).hasMessageContaining("signs");
  }

  @Test
  @DisplayName("88: prepared ones are believed first and sign when told to")
  void attack_88_keys_are_prepared() {
    String next = keys("rotate", "--prepare").substring(0, 16);
    assertThat(keys("list")).containsPattern(next + " +own +next");
    assertThat(product.chroot().resolve("keys").resolve(next + ".pub")).exists();
    assertThat(keys("rotate")).startsWith(next + " signs sessions");
    siege.awaitThat(
        "it signs", () -> keyOf(new Browser(product.site()).signIn("bert").token()).equals(next));
  }

  @Test
  @DisplayName("88, 95: in an emergency every session ends, and people sign in again")
  void attack_88_emergency() {
    Browser anna = new Browser(product.site()).signIn("anna");
    String token = anna.token();
    assertThat(keys("rotate", "--emergency")).contains("Every session has ended.");
    assertThat(outcome(token)).isEqualTo(Refusal.SESS_KEY.code());
    siege.awaitThat("the gateway", () -> anna.get("/").at().contains("login"));
    assertThat(new Browser(product.site()).signIn("anna").get("/").status()).isEqualTo(200);
    assertThat(product.audit("every session was ended")).isNotEmpty();
  }

  @Test
  @DisplayName("a broken folder leaves the keys that were, loudly")
  void a_broken_folder() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    Path broken = product.folder().resolve("state/keys/broken.pub");
    Path copy = product.chroot().resolve("keys/broken.pub");
    try {
      Files.writeString(broken, "not a key\n");
      Files.writeString(copy, "not a key\n");
      product.awaitLog("listener", "the keys cannot be read; those from before still hold");
      assertThat(anna.get("/").status()).isEqualTo(200);
      assertThat(new Browser(product.site()).signIn("bert").get("/").status()).isEqualTo(200);
    } finally {
      Files.delete(broken);
      Files.delete(copy);
    }
  }

  @Test
  @DisplayName("97: nobody else's signature is believed on the other side of the hole")
  void attack_97_forged_tokens() {
    // The gateway's own check is not in the way: the attacker speaks through the hole himself.
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    SigningKey own = SigningKey.create(new SecureRandom());
    String invented = forged(own, "root", now, now.plusSeconds(600));
    assertThat(outcome(invented)).isEqualTo(Refusal.SESS_KEY.code());
    // The same under the name of the key that is believed.
    Browser anna = new Browser(product.site()).signIn("anna");
    String token = anna.token();
    String named =
        invented.substring(0, invented.lastIndexOf('.')) + token.substring(token.lastIndexOf('.'));
    assertThat(outcome(named)).isEqualTo(Refusal.SESS_SIG.code());
    // What is signed is not to be changed: another name, a later end.
    byte[] body = Base64.getUrlDecoder().decode(token.split("\\.", -1)[2]);
    for (String[] change :
        new String[][] {{"\"anna\"", "\"bert\""}, {"\"exp\":\"2", "\"exp\":\"3"}}) {
      String text = new String(body, StandardCharsets.ISO_8859_1);
      assertThat(text).contains(change[0]);
      byte[] changed = text.replace(change[0], change[1]).getBytes(StandardCharsets.ISO_8859_1);
      assertThat(
              outcome(
                  "v4.public."
                      + Base64.getUrlEncoder().withoutPadding().encodeToString(changed)
                      + token.substring(token.lastIndexOf('.'))))
          .isEqualTo(Refusal.SESS_SIG.code());
    }
    assertThat(outcome(token)).isEqualTo("OK");
  }

  @Test
  @DisplayName("103: that sign can be read by the listener's user alone")
  void attack_103_private_keys() throws IOException {
    List<String> others = new ArrayList<>();
    try (Stream<Path> all = Files.walk(product.folder().resolve("state/keys"))) {
      for (Path file : (Iterable<Path>) all::iterator) {
        var attributes = Files.readAttributes(file, "unix:uid,mode");
        if (!Integer.valueOf(product.sysSide()).equals(attributes.get("uid"))
            || !(attributes.get("mode") instanceof Integer mode)
            || (mode & 077) != 0) {
          others.add(file + " " + attributes);
        }
      }
    }
    assertThat(others).isEmpty();
    Path signing = product.folder().resolve("state/keys/signing.key");
    assertThat(signing).isRegularFile();
    for (int user : new int[] {product.webSide(), product.sysSide() + 7}) {
      assertThatThrownBy(() ->
              Product.run(
                  List.of(
                      "setpriv",
                      "--reuid=" + user,
                      "--regid=" + product.group(),
                      "--clear-groups",
                      "cat",
                      signing.toString())))
          .hasMessageContaining("Permission denied");
    }
    String secret = Files.readString(signing).strip().substring("hitc-signing-key-1 ".length());
    try (Stream<Path> all = Files.list(product.chroot().resolve("keys"))) {
      for (Path file : (Iterable<Path>) all::iterator) {
        assertThat(file.getFileName().toString()).endsWith(".pub");
        assertThat(Files.readString(file)).doesNotContain(secret);
      }
    }
  }

  @Test
  @DisplayName("104: in the chroot cannot be changed from there, and are not read from there")
  void attack_104_keys_in_the_chroot() throws IOException {
    String own = keyOf(new Browser(product.site()).signIn("anna").token());
    String copy = "/keys/" + own + ".pub";
    assertThat(jail.call("open", "/keys/mine.pub", O_WRONLY | O_CREAT, 0644).name())
        .isEqualTo("EACCES");
    assertThat(jail.call("open", copy, O_WRONLY).name()).isEqualTo("EACCES");
    assertThat(jail.call("unlink", copy).name()).isEqualTo("EACCES");
    assertThat(jail.call("rename", copy, "/keys/gone.pub").name()).isEqualTo("EACCES");
    assertThat(jail.call("chmod", copy, 0666).name()).isEqualTo("EPERM");
    assertThat(jail.call("rename", "/keys", "/keys2").name()).isEqualTo("EACCES");
    jail.must("close", jail.must("open", copy, O_RDONLY));

    // Even if he could: the other side does not look there.
    SigningKey attackers = SigningKey.create(new SecureRandom());
    PublicKeyFile laid = PublicKeyFile.of(attackers.publicKey());
    Path folder = product.chroot().resolve("keys");
    Path mine = folder.resolve(laid.fileName());
    Files.writeString(mine, laid.text());
    product.signal("HUP", "listener");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String token = forged(attackers, "anna", now, now.plus(Duration.ofMinutes(10)));
    for (int i = 0; i < 20; i++) {
      assertThat(outcome(token)).isEqualTo(Refusal.SESS_KEY.code());
    }
    keys("init");
    assertThat(mine).as("what is not believed is removed by the next command").doesNotExist();
  }

  private String forged(SigningKey key, String user, Instant from, Instant to) {
    return new TokenSigner("demo", key)
        .sign(
            new Claims(
                "demo",
                "0123456789abcdef0123456789abcdef",
                user,
                from,
                "password",
                from,
                to,
                to,
                0,
                0));
  }

  /** What the listener says to a token, asked through the hole. */
  private String outcome(String token) {
    return jail.ask(RequestCodec.encode(new Request.Home(token, "en"))).outcome().orElseThrow();
  }

  private static String keyOf(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)),
        StandardCharsets.US_ASCII);
  }

  private String keys(String... words) {
    List<String> all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", product.folder().resolve("etc/listener.yaml").toString()));
    return Product.run(Product.command(all));
  }
}
