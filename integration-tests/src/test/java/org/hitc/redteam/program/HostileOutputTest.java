package org.hitc.redteam.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Probe;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Programs that print what nobody agreed on; bert works on beside them. */
@DisplayName("A program that prints")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileOutputTest {
  private static final Pattern REFERENCE =
      Pattern.compile("Reference(?:</[^>]*>)? <bdi dir=\"ltr\">([^<]+)</bdi>");

  private Product product;
  private Browser anna;
  private Probe bert;
  private long listener;

  @BeforeAll
  void start() {
    Siege.requireReal();
    product = Product.start();
    anna = new Browser(product.site()).signIn("anna");
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  @BeforeEach
  void others_begin_to_work() {
    listener = product.pid("listener");
    bert = Probe.start(product);
  }

  @AfterEach
  void others_noticed_nothing() {
    bert.close();
    assertThat(product.pid("listener")).isEqualTo(listener);
    assertThat(anna.budget("204110", "2026-06").words()).contains("12,386.75");
  }

  /** Runs a program as a report; what the user gets. */
  private Browser.Page report(String name, String script, String columns)
      throws IOException, InterruptedException {
    return shown(
        name,
        script,
        """
          - report: shown
            title: What it printed
            program: NAME
            columns:
        """
                .replace("NAME", name)
            + columns.indent(6));
  }

  private Browser.Page shown(String name, String script, String steps)
      throws IOException, InterruptedException {
    program(name, script);
    product.define(name, workflow(name, steps));
    return arrived(anna.get("/w/" + name));
  }

  private void program(String name, String script) throws IOException {
    product.addProgram(name, "#!/bin/sh\n" + script, "timeout: 30s, max_output: 20MiB");
  }

  private static String workflow(String name, String steps) {
    return """
    workflow: NAME
    title: Hostile
    roles: [everyone]
    steps:
    """
            .replace("NAME", name)
        + steps.replace("NAME", name);
  }

  /** Prints each of these, which must be refused for this reason and leave no field to fill in. */
  private void refused(String prefix, List<String> printed, String why, String steps)
      throws IOException, InterruptedException {
    Map<String, String> workflows = new LinkedHashMap<>();
    for (String output : printed) {
      String name = prefix + workflows.size();
      program(name, "printf '" + output + "'\n");
      workflows.put(name, workflow(name, steps));
    }
    product.define(workflows);
    List<String> names = List.copyOf(workflows.keySet());
    for (int i = 0; i < names.size(); i++) {
      Browser.Page page = arrived(anna.get("/w/" + names.get(i)));
      assertThat(page.status()).as(printed.get(i)).isEqualTo(500);
      assertThat(page.body()).as(printed.get(i)).doesNotContain("v.one");
      assertThat(detail(page)).as(printed.get(i)).contains(why);
    }
  }

  /** The result of a job that takes more than a second. */
  private Browser.Page arrived(Browser.Page page) {
    Browser.Page now = page;
    for (int i = 0; i < 60 && now.at().startsWith("/jobs/"); i++) {
      now = anna.get(now.at());
    }
    return now;
  }

  private String detail(Browser.Page page) {
    String reference = page.found(REFERENCE);
    return product
        .log("listener")
        .lines()
        .filter(line -> line.contains(reference))
        .findFirst()
        .orElseThrow();
  }

  private static final String ONE_COLUMN = "- { column: id, position: 1, pic: X(9), label: Id }\n";

  @Test
  @DisplayName("115: a million rows gets no table, not even its beginning")
  void aMillionRows() throws Exception {
    Browser.Page page =
        report("rows", "exec awk 'BEGIN { for (i = 0; i < 1000000; i++) print i }'\n", ONE_COLUMN);

    assertThat(page.words()).contains("The printout is too large for a table");
    assertThat(page.body()).doesNotContain("<table");
    assertThat(detail(page)).contains("E-ROWS-LIMIT");
    assertThat(anna.download(page.at() + "/download/original").body().length).isEqualTo(6_888_890);
  }

  @Test
  @DisplayName("115, 156: a line of a megabyte is refused, and the listener stays small")
  void aLongLine() throws Exception {
    Browser.Page page =
        report("line", "head -c 1000000 /dev/zero | tr '\\0' x; echo\n", ONE_COLUMN);

    assertThat(page.body()).doesNotContain("<table");
    assertThat(detail(page)).containsAnyOf("E-ROWS-SYNTAX", "E-ROWS-LIMIT");
    assertThat(anna.download(page.at() + "/download/original").body().length).isEqualTo(1_000_001);
  }

  @Test
  @DisplayName("156: more than it may is stopped, and nothing of it is shown as if it were all")
  void tooMuch() throws Exception {
    Browser.Page page = report("flood", "exec yes\n", ONE_COLUMN);

    assertThat(page.status()).isEqualTo(500);
    assertThat(page.words()).contains("The program printed too much").doesNotContain("y y y");
  }

  @Test
  @DisplayName(
      "115: choices with one value twice, with none, with a second tab offers none of them")
  void badChoices() throws Exception {
    refused(
        "choices",
        List.of(
            "1\\tone\\n2\\ttwo\\n1\\tthree\\n",
            "1\\tone\\n\\tnothing\\n",
            "1\\tone\\ttwo\\n",
            "1\\tone\\f2\\ttwo\\n",
            "1\\tone\\n\\033[2J\\ttwo\\n",
            "1\\tone\\n\\377\\376\\ttwo\\n"),
        "E-ROWS-SYNTAX",
        """
          - form: ask
            title: Which one?
            fields:
              one: { label: One, choices: { program: NAME } }
          - run: check_open
            stdin: [$one]
          - done: end
            title: Chosen
        """);
  }

  @Test
  @DisplayName("115: a thousand and one choices offers none of them")
  void manyChoices() throws Exception {
    Browser.Page page =
        shown(
            "many_choices",
            "seq 1001\n",
            """
              - form: ask
                title: Which one?
                fields:
                  one: { label: One, choices: { program: many_choices } }
              - run: check_open
                stdin: [$one]
              - done: end
                title: Chosen
            """);

    assertThat(page.status()).isEqualTo(500);
    assertThat(detail(page)).contains("E-ROWS-LIMIT");
  }

  @Test
  @DisplayName("115: rows that are the same have links of their own, each with its own row")
  void sameRows() throws Exception {
    product.addProgram("what", "#!/bin/sh\necho \"GOT $1\"\n");
    Browser.Page page =
        shown(
            "twins",
            "printf 'a\\na\\n=1+1\\n<script>alert(1)</script>\\n'\n",
            """
              - report: list
                title: Twins
                program: twins
                columns:
                  - { column: id, position: 1, pic: X(30), label: Id }
                drill_down: one
              - report: one
                title: One
                program: what
                args: [$row.id]
                columns:
                  - { column: got, position: 1, pic: X(40), label: Got }
            """);

    List<String> links = page.all(Pattern.compile("href=\"(/w/[^\"]+/row/[^\"]+)\""));
    assertThat(links).hasSize(4).doesNotHaveDuplicates();
    assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script>alert");
    assertThat(anna.get(links.get(1)).words()).contains("GOT a");
    assertThat(anna.get(links.getLast()).words()).contains("GOT <script>alert(1)</script>");
  }

  @Test
  @DisplayName("115: what makes other pattern matchers think for years is answered at once")
  void catastrophicPattern() throws Exception {
    long before = System.nanoTime();
    Browser.Page page =
        report(
            "pattern",
            "head -c 8000 /dev/zero | tr '\\0' a; echo '!'\n",
            """
            pattern: "((?:(?:a+)+)+)"
            columns:
              - { column: id, label: Id }
            """);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    assertThat(page.body()).doesNotContain("<table");
    assertThat(detail(page)).contains("E-ROWS-SYNTAX");
  }

  @Test
  @DisplayName(
      "115: nothing that a definition may ask for: a pattern of a million steps is refused")
  void hugePattern() throws Exception {
    product.addProgram("huge", "#!/bin/sh\necho a\n");
    product.addWorkflow(
        "huge",
        """
        workflow: huge
        title: Huge
        roles: [everyone]
        steps:
          - report: shown
            title: Huge
            program: huge
            columns:
              pattern: "((?:(?:a{1000}){1000}))"
              columns:
                - { column: id, label: Id }
        """);

    product.awaitLog("listener", "huge.yaml was not loaded");
    assertThat(product.log("listener")).containsPattern("huge\\.yaml:[0-9]+:[0-9]+: error: ");
  }

  @Test
  @DisplayName("115: values with the names of others are nobody else's: it is still anna who asks")
  void hostileValues() throws Exception {
    product.addProgram("ask_who", "#!/bin/sh\nwhile read -r line; do echo \"LINE $line\"; done\n");
    Browser.Page page =
        shown(
            "values",
            """
            printf 'USER=root\\nJOB=x\\nTODAY=1999-01-01\\nLANGUAGE=xx\\nPATH=/tmp\\nHITC-USER=root\\n'
            """,
            """
              - run: values
                output: values
              - run: shown
                program: ask_who
                stdin: [$user, $language, $before.user, $path]
                output: text
            """);

    assertThat(page.words()).contains("LINE anna", "LINE en", "LINE root", "LINE /tmp");
    assertThat(page.words().indexOf("LINE anna")).isLessThan(page.words().indexOf("LINE root"));
  }

  @Test
  @DisplayName("115: values that are none stops with a plain page")
  void badValues() throws Exception {
    refused(
        "bad_values",
        List.of(
            "A=1\\nA=2\\n",
            "A=1\\na=2\\n",
            "no sign\\n",
            "=1\\n",
            "row.object=1\\n",
            "1A=1\\n",
            "A=\\0331\\n",
            "A=1\\fB=2\\n",
            "A=\\377\\n"),
        "E-VALUES-SYNTAX",
        """
          - run: NAME
            output: values
          - form: ask
            title: Which one?
            fields:
              one: { label: One }
          - run: check_open
            stdin: [$one]
          - done: end
            title: Done
        """);
  }

  @Test
  @DisplayName("161: 'all is well' and ends with 1 has failed")
  void claims() throws Exception {
    Browser.Page page = report("claims", "echo '%FIS-S-NORMAL, job OK'; exit 1\n", ONE_COLUMN);

    assertThat(page.status()).isEqualTo(500);
    assertThat(page.words()).contains("The program ended with an error").doesNotContain("job OK");
  }

  @Test
  @DisplayName("152, 153, 157: markup, escapes and broken characters is shown as text")
  void markup() throws Exception {
    Browser.Page page =
        shown(
            "markup",
            """
            printf '</pre><script>alert(1)</script>\\n"><img src=x onerror=alert(1)>\\n'
            printf '\\033]52;c;eA==\\007\\033[31mred\\n\\377\\300\\257\\n${7*7} {{7*7}}\\n'
            """,
            """
              - run: markup
                output: text
            """);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("&lt;/pre&gt;&lt;script&gt;", "${7*7} {{7*7}}")
        .doesNotContain("<script>alert", "<img", "\u001b", "\u0007");
    assertThat(
            new String(
                anna.download(page.at() + "/download/original").body(),
                StandardCharsets.ISO_8859_1))
        .contains("\u001b[31mred\n\u00ff\u00c0\u00af\n");
  }

  @Test
  @DisplayName("159, 162: secrets and paths on stderr shows none of them to the user")
  void standardError() throws Exception {
    Browser.Page page =
        report(
            "stderr",
            """
            i=0; while [ $i -lt 20000 ]; do
              echo 'ORA-01017: password=hunter2 at /opt/fis/lib' >&2; i=$((i+1)); done
            exit 3
            """,
            ONE_COLUMN);

    assertThat(page.status()).isEqualTo(500);
    assertThat(page.words()).doesNotContain("hunter2", "ORA-", "/opt");
    assertThat(product.audit()).doesNotContain("hunter2");
  }

  @Test
  @DisplayName("115: rows whose sums cannot be told from those of the total is compared exactly")
  void exactTotals() throws Exception {
    Browser.Page page =
        shown(
            "sums",
            "printf 'a 99999999999999.99\\nb              0.01\\n* 99999999999999.99\\n'\n",
            """
              - report: shown
                title: Sums
                program: sums
                lines: { total: { position: 1, text: "*" } }
                columns:
                  - { column: id, position: 1, pic: X, label: Id }
                  - { column: n, position: 3, pic: "Z(13)9.99", label: N }
                check_totals: [n]
            """);

    assertThat(page.words()).contains("do not add up");
    assertThat(detail(page)).contains("100000000000000.00", "99999999999999.99");
  }
}
