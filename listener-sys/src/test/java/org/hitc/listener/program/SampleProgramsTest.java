package org.hitc.listener.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.Poller;
import org.hitc.listener.config.Program;
import org.hitc.workflow.model.RunAs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sample programs")
final class SampleProgramsTest {
  private static final Path FOLDER =
      Path.of("..", "workflows", "examples", "programs").toAbsolutePath().normalize();

  private Poller poller;
  private ProgramRunner runner;

  @BeforeEach
  void open() throws IOException {
    poller = Poller.open();
    runner = new ProgramRunner(poller, "samples", "main", "UTC", Optional.empty());
  }

  @AfterEach
  void close() throws IOException {
    runner.close();
    poller.close();
  }

  @Test
  @DisplayName("print BUDGET12.LIS byte for byte")
  void budget12() throws IOException {
    try (InputStream sample = getClass().getResourceAsStream("/samples/BUDGET12.LIS")) {
      assertThat(printed("budget12", "204110", "2026-06"))
          .isEqualTo(new String(Objects.requireNonNull(sample).readAllBytes(), ISO_8859_1));
    }
  }

  @Test
  @DisplayName("print transactions that add up to what the budget says is spent")
  void addUp() {
    for (String account : List.of("204110", "204120")) {
      for (String period : List.of("2026-04", "2026-05", "2026-06")) {
        lines(printed("budget12", account, period))
            .filter(line -> line.matches("[0-9]{6} .*"))
            .forEach(row -> {
              String report = printed("trans12", account, period, row.substring(0, 6));
              BigDecimal spent = amount(row, 48);
              BigDecimal sum =
                  lines(report)
                      .filter(line -> line.matches("2[0-9]{3}-.*"))
                      .map(line -> amount(line, 54))
                      .reduce(BigDecimal.ZERO, BigDecimal::add);
              BigDecimal total =
                  lines(report)
                      .filter(line -> line.startsWith("       ** TOTAL"))
                      .map(line -> amount(line, 54))
                      .findFirst()
                      .orElseThrow();
              assertThat(sum).as(row).isEqualByComparingTo(spent);
              assertThat(total).as(row).isEqualByComparingTo(spent);
            });
      }
    }
  }

  @Test
  @DisplayName("offer the periods, newest first")
  void periods() {
    assertThat(printed("list_periods"))
        .isEqualTo(
            """
            2026-06\t2026-06 (open)
            2026-05\t2026-05 (closed)
            2026-04\t2026-04 (open)
            """);
  }

  @Test
  @DisplayName("open and close periods")
  void checkOpen() {
    assertThat(answer("check_open", "2026-06")).isEqualTo("");
    assertThat(answer("check_open", "2026-05"))
        .isEqualTo("%FIS-E-CLOSED, period 2026-05 is closed\n");
  }

  @Test
  @DisplayName("do not tell whether an account exists")
  void authorize() {
    assertThat(answer("authorize", "anna", "204110")).isEqualTo("");
    assertThat(answer("authorize", "bert", "204110"))
        .isEqualTo("%FIS-E-NOACCESS, no access to account 204110\n");
    assertThat(answer("authorize", "bert", "999999"))
        .isEqualTo("%FIS-E-NOACCESS, no access to account 999999\n");
    assertThat(answer("authorize", ".*", "204110")).contains("NOACCESS");
  }

  private static java.util.stream.Stream<String> lines(String printout) {
    return printout.replace("\f", "\n").replace("\r", "").lines();
  }

  /** An amount {@code ZZ,ZZZ,ZZ9.99-} at this one-based position. */
  private static BigDecimal amount(String line, int position) {
    String padded = line + " ".repeat(80);
    String text = padded.substring(position - 1, position + 13).replace(",", "").strip();
    return text.endsWith("-")
        ? new BigDecimal(text.substring(0, text.length() - 1)).negate()
        : new BigDecimal(text);
  }

  private String printed(String name, String... args) {
    Recorder recorder = new Recorder();
    JobResult result = run(Step.of(program(name), List.of(args), List.of()), recorder);
    assertThat(result.succeeded()).as("%s: %s", name, result.last().end().words()).isTrue();
    return recorder.text();
  }

  /** What a guard says on stderr; nothing when it exits with 0. */
  private String answer(String name, String... input) {
    ProgramResult result =
        run(Step.of(program(name), List.of(), List.of(input)), new Recorder()).last();
    String said = new String(result.stderr(), ISO_8859_1);
    assertThat(result.end()).isEqualTo(new ProgramEnd.Exited(said.isEmpty() ? 0 : 1));
    return said;
  }

  private JobResult run(Step step, JobObserver observer) {
    return runner
        .start(new Job("SAMPLE", "anna", "en", Optional.empty(), List.of(step)), observer)
        .result()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private static Program program(String name) {
    return new Program(
        name,
        FOLDER.resolve(name),
        Map.of("FIS_DATA", FOLDER.resolve("data").toString()),
        ISO_8859_1,
        Duration.ofSeconds(20),
        4,
        1 << 20,
        64,
        Optional.empty(),
        Set.of(0),
        Set.of(new RunAs.Service()),
        Program.Breaker.DEFAULT);
  }
}
