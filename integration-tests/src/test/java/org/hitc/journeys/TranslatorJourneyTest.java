package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a translator does in the first ten minutes, as far as a machine can do it. */
class TranslatorJourneyTest {
  private static final Duration SOON = Duration.ofSeconds(6);

  @TempDir private Path work;
  private Path yaml = Path.of("/");
  private Path swedish = Path.of("/");

  @BeforeEach
  void get_the_workflow() throws IOException {
    Path examples = Product.checkout().resolve("workflows/examples");
    for (String name : List.of("budget_12.yaml", "budget12.cpy", "trans12.cpy", "programs.yaml")) {
      Files.copy(examples.resolve(name), work.resolve(name));
    }
    yaml = work.resolve("budget_12.yaml");
    swedish = work.resolve("budget_12/messages/messages_sv.properties");
  }

  private record Said(int exit, String output) {}

  private static Said hitc(String... words) throws Exception {
    Process process =
        new ProcessBuilder(Product.command(List.of(words))).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), output);
  }

  private static void soon(ThrowingRunnable happens) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(100)).untilAsserted(happens);
  }

  /** Puts words behind every empty name: the source with something Swedish before it. */
  private void translateAll() throws IOException {
    List<String> done = new ArrayList<>();
    String source = "";
    for (String line : Files.readAllLines(swedish)) {
      if (line.startsWith("# @source ")) {
        source = line.substring("# @source ".length());
      }
      if (!line.equals("# @missing")) {
        done.add(line.endsWith(" =") ? line + " Så: " + source : line);
      }
    }
    Files.write(swedish, done);
  }

  private void change(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private static String words(String folder) {
    return Product.checkout().resolve(folder).toString();
  }

  @Test
  void gets_one_file_translates_it_and_is_told_what_is_wrong() throws Exception {
    assertThat(hitc("i18n", "sync", yaml.toString(), "--language", "sv").exit()).isZero();
    assertThat(Files.readString(swedish))
        .contains("# @source Budget of account {account}, period {period}\n# @missing\n")
        .contains("#. Label of a field\n#. Screen: ask\n# @source Account\n");
    assertThat(hitc("i18n", "status", yaml.toString()).output())
        .contains("messages_sv.properties: 0 of ");

    translateAll();
    Said right = hitc("i18n", "check", yaml.toString());
    assertThat(right.output()).endsWith("ok\n");
    assertThat(right.exit()).isZero();

    change(swedish, "Så: Budget of account {account}", "Så: Budget of account {acount}");
    Said wrong = hitc("i18n", "check", yaml.toString());
    assertThat(wrong.exit()).isNotZero();
    assertThat(wrong.output())
        .containsPattern(
            "messages_sv\\.properties:[0-9]+: L03 error: budget\\.title: .*\\{acount}");
  }

  @Test
  void finds_the_old_translation_when_a_label_was_reworded() throws Exception {
    hitc("i18n", "sync", yaml.toString(), "--language", "sv");
    translateAll();
    hitc("i18n", "sync", yaml.toString());

    change(yaml, "title: Which budget?", "title: Which budget do you want?");
    hitc("i18n", "sync", yaml.toString());
    assertThat(Files.readString(swedish))
        .contains("# @source Which budget do you want?\n# @was Which budget?\n")
        .contains("ask.title = Så: Which budget?\n");
    assertThat(hitc("i18n", "status", yaml.toString()).output()).contains(" 1 stale");
  }

  @Test
  void sees_the_real_screens_change_at_a_reload() throws Exception {
    hitc("i18n", "sync", yaml.toString(), "--language", "sv");
    translateAll();
    Path product = Files.createDirectory(work.resolve("product"));
    for (String name : List.of("messages_en.properties", "messages_de.properties")) {
      Files.copy(
          Product.checkout()
              .resolve("gateway-web/src/main/resources/org/hitc/gateway/messages")
              .resolve(name),
          product.resolve(name));
    }
    Files.writeString(product.resolve("messages_sv.properties"), "frame.sign_out = Logga ut\n");
    try (Product serving =
        Product.start(
            List.of(
                "i18n",
                "serve",
                "--port",
                "0",
                yaml.toString(),
                product.toString(),
                words("channel/src/main/resources/org/hitc/channel/messages"),
                words("listener-sys/src/main/resources/org/hitc/listener/messages")))) {
      Browser anna = new Browser(serving.site(), "sv").signIn("anna");
      assertThat(anna.get("/").body())
          .contains("<html lang=\"sv\" dir=\"ltr\" class=\"preview\"", "Så: Budget by object code")
          .contains("Logga ut")
          .contains("<bdi lang=\"en\" dir=\"ltr\">What would you like to do?</bdi>")
          .contains(">Svenska</span>", ">Keys</a>", ">Mirrored</a>", "lang=\"ar\"");

      change(swedish, "Så: Budget by object code", "Budget efter kod");
      soon(() -> assertThat(anna.get("/").words()).contains("Budget efter kod"));
      Files.writeString(product.resolve("messages_sv.properties"), "frame.sign_out = Hej {då}\n");
      Files.write(product.resolve("messages_da.properties"), new byte[] {(byte) 0xE5});
      change(swedish, "Budget efter kod", "Budget {efter kod");
      Browser.Page keys = anna.get("/language/en-XD?next=/w/budget_12");
      assertThat(keys.words())
          .contains("[ask.title]", "[ask.account.label]", "[ask.account.hint]", "[frame.sign_out]");
      assertThat(anna.get("/language/ar-XB?next=/w/budget_12").body())
          .containsPattern(Pattern.compile("<html lang=\"ar-XB\" dir=\"rtl\""));
      assertThat(anna.get("/language/sv?next=/").words())
          .as("what is wrong is not shown")
          .contains("Logga ut", "Budget efter kod");

      Files.delete(product.resolve("messages_da.properties"));
      Files.writeString(product.resolve("messages_sv.properties"), "frame.sign_out = Hej då\n");
      change(swedish, "Budget {efter kod", "Budget per kod");
      soon(() -> assertThat(anna.get("/").words()).contains("Hej då", "Budget per kod"));
    }
  }
}
