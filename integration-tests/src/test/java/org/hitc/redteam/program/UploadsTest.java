package org.hitc.redteam.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.redteam.StolenGateway.handle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Siege;
import org.hitc.redteam.StolenGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Fields of several lines, of several choices, and files, as an attacker would send them. */
@DisplayName("A field")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadsTest {
  private Siege siege;
  private Product product;
  private StolenGateway anna;
  private Browser browser;

  @BeforeAll
  void start() throws Exception {
    siege = Siege.lay();
    product = siege.product();
    browser = siege.victim();
    anna = new StolenGateway(siege.jail(), browser.token());
    product.addProgram(
        "take",
        """
        #!/bin/sh
        echo "FILE $1"
        [ -n "$1" ] && printf 'CONTENT ' && head -c 20 "$1" && echo
        while IFS= read -r line; do echo "LINE <$line>"; done
        """);
    product.define(
        "take",
        """
        workflow: take
        title: Take
        roles: [everyone]
        steps:
          - form: ask
            title: Everything
            fields:
              letter: { label: Letter, type: file, max_size: 4KiB, kinds: [txt], required: false }
              text: { label: Text, type: textarea, max_length: 40, required: false }
              some:
                label: Some
                type: many
                min: 0
                max: 2
                choices: [{ value: a, label: A }, { value: b, label: B }, { value: c, label: C }]
              word: { label: Word, type: text, required: false }
          - run: took
            program: take
            args: [$letter]
            stdin: [$text, $some, $word]
            output: text
        """);
  }

  @AfterAll
  void stop() {
    if (siege != null) {
      siege.close();
    }
  }

  private static List<String> base64(String content) {
    return List.of(Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)));
  }

  private String took(Page.Form form, Map<String, List<String>> values) {
    Page.Printout printout = anna.page(Page.Printout.class, anna.ask(anna.submit(form, values)));
    return String.join("\n", printout.sheets().getFirst().lines());
  }

  private void refused(Refusal why, Page.Form form, Map<String, List<String>> values) {
    int runs = product.runs("take");
    assertThat(anna.refusal(anna.submit(form, values))).as(values.toString()).isEqualTo(why);
    assertThat(product.runs("take")).isEqualTo(runs);
  }

  private void wrong(Refusal why, Page.Form form, Map<String, List<String>> values) {
    int runs = product.runs("take");
    Page.Form again = anna.page(Page.Form.class, anna.ask(anna.submit(form, values)));
    assertThat(again.problems()).singleElement().returns(why, Page.Problem::refusal);
    assertThat(product.runs("take")).isEqualTo(runs);
  }

  @Test
  @DisplayName("76: that takes a file gives the program a copy under a name of our own")
  void ownName() throws IOException {
    Page.Form form = anna.begin("take");
    for (String name :
        List.of("../../../etc/passwd.txt", "/etc/shadow.txt", "a.txt", "-rf.txt", "..\\x.txt")) {
      String printed = took(form, Map.of("letter", base64("hello"), "letter.name", List.of(name)));
      assertThat(printed).contains("CONTENT hello").doesNotContain("passwd", "shadow", "rf.txt");
      Path file = Path.of(printed.lines().findFirst().orElseThrow().substring("FILE ".length()));
      assertThat(file.getParent()).isEqualTo(product.folder().resolve("state/uploads"));
      assertThat(file.getFileName().toString()).matches("[0-9a-f]{32}");
      assertThat(Files.getPosixFilePermissions(file))
          .containsExactly(PosixFilePermission.OWNER_READ);
    }
  }

  @Test
  @DisplayName("76: that takes a file takes no path, text, second file, or file without a name")
  void noPath() {
    Page.Form form = anna.begin("take");
    Map<String, List<String>> good = Map.of("letter", base64("x"), "letter.name", List.of("a.txt"));
    for (List<String> content :
        List.of(
            List.of("/etc/passwd"), List.of("not base 64!"), List.of("QQ"), List.of("QQ==\n"))) {
      Map<String, List<String>> sent = new HashMap<>(good);
      sent.put("letter", content);
      refused(Refusal.WF_FIELD, form, sent);
    }
    refused(Refusal.WF_FIELD, form, Map.of("letter", base64("x")));
    refused(Refusal.WF_FIELD, form, Map.of("word.name", List.of("a.txt")));
    refused(Refusal.WF_FIELD, form, Map.of("word", List.of("x"), "word.name", List.of("a.txt")));
    Map<String, List<String>> two = new HashMap<>(good);
    two.put("letter", List.of(base64("one").getFirst(), base64("two").getFirst()));
    refused(Refusal.WF_FIELD, form, two);
  }

  @Test
  @DisplayName("59: that takes a file takes none that is too large or of another kind")
  void tooLarge() {
    Page.Form form = anna.begin("take");
    String most = "x".repeat(4096);

    assertThat(took(form, Map.of("letter", base64(most), "letter.name", List.of("a.txt"))))
        .contains("CONTENT xxx");
    wrong(
        Refusal.ARG_FILE,
        form,
        Map.of("letter", base64(most + "x"), "letter.name", List.of("a.txt")));
    wrong(
        Refusal.ARG_FILE, form, Map.of("letter", base64("x"), "letter.name", List.of("a.txt.exe")));
  }

  @Test
  @DisplayName("59: that is sent 600 KiB by a browser is refused before it reaches the hole")
  void sixHundred() throws IOException {
    Browser.Page form = browser.get("/w/take");
    int before = product.audit().length();
    for (int kib : List.of(600, 900)) {
      Browser.Page refused = upload(form, "a.txt", "x".repeat(kib << 10));
      assertThat(refused.status()).as("%d KiB", kib).isEqualTo(413);
    }
    assertThat(product.audit().substring(before)).doesNotContain("job-accepted");
    assertThat(browser.get(form.at()).status()).isEqualTo(200);
    assertThat(upload(form, "../../x.txt", "hello").words()).contains("CONTENT hello");
    try (Stream<Path> uploads = Files.list(product.folder().resolve("state/uploads"))) {
      assertThat(uploads).allMatch(f -> f.toFile().length() <= 4096 + 1);
    }
  }

  private Browser.Page upload(Browser.Page form, String name, String content) {
    String line = "----------cut-here";
    String body =
        String.join(
            "\r\n",
            "--" + line,
            "Content-Disposition: form-data; name=\"ticket\"",
            "",
            form.ticket(),
            "--" + line,
            "Content-Disposition: form-data; name=\"v.letter\"; filename=\"" + name + "\"",
            "Content-Type: text/plain",
            "",
            content,
            "--" + line + "--",
            "");
    return browser.postRaw(form.action(), "multipart/form-data; boundary=" + line, body);
  }

  @Test
  @DisplayName("62: of several lines becomes lines, and its characters are looked at one by one")
  void lines() {
    Page.Form form = anna.begin("take");

    assertThat(took(form, Map.of("text", List.of("a\r\nb\n\n; c $(id)"))))
        .contains("LINE <a>\nLINE <b>\nLINE <>\nLINE <; c $(id)>");
    for (String text : List.of("a\rb", "a\u0000b", "a\u2028b", "a\tb", "\u001b[2J")) {
      wrong(Refusal.ARG_CHARSET, form, Map.of("text", List.of(text)));
    }
    wrong(Refusal.ARG_LEN, form, Map.of("text", List.of("x".repeat(41))));
    refused(Refusal.WF_COUNT, form, Map.of("text", List.of("a", "b")));
  }

  @Test
  @DisplayName("109: of several choices takes no more than it may, and none twice")
  void many() {
    Page.Form form = anna.begin("take");
    String a = handle(form, "some", 0);
    String b = handle(form, "some", 1);
    String c = handle(form, "some", 2);

    assertThat(took(form, Map.of("some", List.of(b, a)))).contains("LINE <a>\nLINE <b>");
    wrong(Refusal.WF_COUNT, form, Map.of("some", List.of(a, b, c)));
    refused(Refusal.WF_COUNT, form, Map.of("some", List.of(a, a)));
    refused(Refusal.WF_CHOICE, form, Map.of("some", List.of(a, "b")));
  }
}
