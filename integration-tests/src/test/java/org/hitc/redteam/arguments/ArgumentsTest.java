package org.hitc.redteam.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A program that prints the bytes of its argument shows what a typed value becomes. */
@DisplayName("A typed value that becomes an argument")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgumentsTest {
  private static final int MAX_LENGTH = 60;
  private static final Pattern FORM =
      Pattern.compile("<form method=\"post\" action=\"(/w/[^\"]+)\"");
  private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");

  private static final String PROGRAM =
      """
      #!/bin/sh
      printf 'COUNT %s HEX ' "$#"
      printf '%s' "$1" | od -An -v -tx1 | tr -d ' \\n'
      printf ' END\\n'
      """;

  private static final String WORKFLOW =
      """
      workflow: NAME
      title: Echo
      group: Tests
      roles: [everyone]
      steps:
        - form: ask
          title: Which value?
          fields:
            value: { label: Value, type: text, max_length: 60, max_bytes: 100, DASH }
        - run: shown
          title: What it became
          program: echo_args
          args: [$value]
          output: text
      """;

  private Product product;
  private Browser browser;
  private Path canary;

  @BeforeAll
  void start() throws Exception {
    product = Product.start();
    product.addProgram("echo_args", PROGRAM);
    define("echo_plain", "required: true");
    define("echo_dash", "may_start_with_dash: true");
    browser = new Browser(product.site()).signIn("anna");
    canary = product.folder().resolve("state/canary");
  }

  @AfterAll
  void stop() {
    product.close();
  }

  @Test
  @DisplayName("68: arrives literally whatever a shell would make of it, and nothing else happens")
  void shellMetacharacters() {
    List<String> hostile =
        new ArrayList<>(
            List.of(
                ";",
                "|",
                "&",
                "&&",
                "$(id)",
                "`id`",
                ">",
                "<",
                "*",
                "?",
                "~",
                "!",
                "#",
                "\\",
                "'",
                "\"",
                "$HOME",
                "${IFS}",
                "{a,b}",
                "%n%s",
                "a  b",
                "x; cat /etc/passwd"));
    hostile.add("; touch " + canary);
    hostile.add("$(touch " + canary + ")");
    for (String value : hostile) {
      arrives("echo_plain", value);
    }
    assertThat(canary).doesNotExist();
  }

  @Test
  @DisplayName("71: may hold our own separators")
  void separators() {
    for (String value :
        List.of("a&&b", "a=b", "a,b", "HITC2 login 1", "END", "4:abcd", "v.value[]=x")) {
      arrives("echo_plain", value);
    }
  }

  @Test
  @DisplayName("69, 70: must not begin like an option, unless the field allows it")
  void dashes() {
    for (String value :
        List.of("-", "--", "-e", "--output=/x", "@file", "+x", "- a b", "-x y z", " -e")) {
      Browser.Page page = ask("echo_plain", value);
      assertThat(page.status()).as(value).isEqualTo(422);
      assertThat(page.body()).as(value).contains("field-value").doesNotContain("COUNT");
      arrives("echo_dash", value.strip());
    }
  }

  @Test
  @DisplayName("59, 77: is measured in characters and in bytes")
  void lengths() {
    for (String one : List.of("a", "\u00e9", "\ud83d\ude00")) {
      int bytes = one.getBytes(StandardCharsets.UTF_8).length;
      int most = Math.min(MAX_LENGTH, 100 / bytes);
      arrives("echo_plain", one);
      arrives("echo_plain", one.repeat(most));
      assertThat(ask("echo_plain", one.repeat(most + 1)).status()).as(one).isEqualTo(422);
    }
    assertThat(ask("echo_plain", "").status()).isEqualTo(422);
    assertThat(ask("echo_plain", "a".repeat(131_072)).status()).isIn(413, 422);
  }

  @Test
  @DisplayName("61, 62: holds no NUL, no control character and no line separator")
  void controlCharacters() {
    Stream.of(
            IntStream.rangeClosed(0, 0x1f),
            IntStream.rangeClosed(0x7f, 0x9f),
            IntStream.rangeClosed(0x2028, 0x2029))
        .flatMapToInt(s -> s)
        .forEach(c -> {
          Browser.Page page = ask("echo_plain", "a" + Character.toString(c) + "b");
          assertThat(page.status()).as("U+%04X", c).isEqualTo(422);
          assertThat(page.body()).as("U+%04X", c).doesNotContain("COUNT");
        });
  }

  @Test
  @DisplayName("63, 64: is UTF-8 or refused, never repaired")
  void invalidUtf8() throws Exception {
    for (String bytes :
        List.of(
            "%80",
            "%C0%AF",
            "%ED%A0%80",
            "%ED%B0%80",
            "%F4%90%80%80",
            "%E2%82",
            "%FF",
            "%F0%9F%98",
            "%E0%80%AF",
            "%F8%88%80%80%80")) {
      for (String around : List.of(bytes, "a" + bytes, "a" + bytes + "b")) {
        HttpResponse<String> answer = sendRaw(around);
        assertThat(answer.statusCode()).as(around).isIn(400, 422);
        assertThat(answer.body()).as(around).doesNotContain("COUNT");
      }
    }
  }

  @Test
  @DisplayName("65: is never in danger of another locale: such a listener does not start")
  void locale() throws Exception {
    assumeTrue(Product.isReal(), "needs root to become the listener's user");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "setpriv",
            "--reuid=" + product.sysSide(),
            "--regid=" + product.group(),
            "--clear-groups",
            "--"));
    List<String> java = Product.command(List.of());
    command.addAll(java.subList(0, java.size() - 1));
    command.add("org.hitc.listener.Main");
    command.addAll(List.of("--config", product.folder().resolve("etc/listener.yaml").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(said).contains("E-CONFIG the locale must be a UTF-8 one").doesNotContain("\tat ");
    arrives("echo_plain", "\u00e9");
  }

  private void arrives(String workflow, String value) {
    Browser.Page page = ask(workflow, value);
    String hex = HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
    assertThat(page.status()).as(value).isEqualTo(200);
    assertThat(page.words()).as(value).contains("COUNT 1 HEX " + hex + " END");
  }

  private Browser.Page ask(String workflow, String value) {
    return browser.submit(browser.get("/w/" + workflow), Map.of("value", value));
  }

  private HttpResponse<String> sendRaw(String encoded) throws IOException, InterruptedException {
    Browser.Page form = browser.get("/w/echo_plain");
    URI to = product.site().resolve(form.found(FORM));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(to)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .header("Sec-Fetch-Site", "same-origin")
              .header("Cookie", "__Host-hitc=" + browser.token())
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "ticket=" + form.found(TICKET) + "&v.value=" + encoded))
              .build(),
          HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
  }

  private void define(String name, String dash) throws IOException, InterruptedException {
    product.define(name, WORKFLOW.replace("NAME", name).replace("DASH", dash));
  }
}
