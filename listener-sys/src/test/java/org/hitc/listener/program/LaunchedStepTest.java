package org.hitc.listener.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.Poller;
import org.hitc.listener.config.Program;
import org.hitc.listener.launcher.protocol.RunRefusal;
import org.hitc.workflow.model.RunAs;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A step that runs as somebody else")
final class LaunchedStepTest {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final RunAs USER = new RunAs.SignedIn();

  @TempDir private Path folder;

  private Refusal refusal(Optional<Path> launcher, Optional<String> grant, RunAs registered)
      throws IOException {
    Program program =
        new Program(
            "who",
            Path.of("/usr/bin/id"),
            Map.of(),
            UTF_8,
            Duration.ofSeconds(20),
            1,
            1 << 20,
            100,
            Optional.empty(),
            Set.of(0),
            Set.of(registered),
            Program.Breaker.DEFAULT);
    Step step =
        new Step(program, List.of(), List.of(), Set.of(0), Duration.ofSeconds(20), 1 << 20, USER);
    Job job = new Job("L-" + NUMBERS.incrementAndGet(), "anna", "en", grant, List.of(step));
    try (Poller poller = Poller.open();
        ProgramRunner runner =
            new ProgramRunner(poller, "launched-test", "main", "UTC", launcher)) {
      ProgramEnd end = runner.start(job, new Recorder()).result().join().last().end();
      assertThat(end).isInstanceOf(ProgramEnd.NotStarted.class);
      return end.refusal().orElseThrow();
    }
  }

  @Test
  @DisplayName("is not started without a launcher, a grant, an answer, or a registration for it")
  void refused() throws IOException {
    Optional<Path> there = Optional.of(folder);
    Optional<String> grant = Optional.of("anna.1.2.3.x");
    assertThat(refusal(Optional.empty(), grant, USER)).isEqualTo(Refusal.RUN_OFF);
    assertThat(refusal(there, Optional.empty(), USER)).isEqualTo(Refusal.RUN_GRANT);
    assertThat(refusal(there, grant, USER)).isEqualTo(Refusal.RUN_DOWN);
    assertThat(refusal(there, grant, new RunAs.Service())).isEqualTo(Refusal.RUN_POLICY);
  }

  @ParameterizedTest
  @EnumSource(RunRefusal.class)
  @DisplayName("is told each reason of the launcher by a refusal of the closed list")
  void codes(RunRefusal why) {
    assertThat(Refusal.ofCode(why.code())).isPresent();
  }
}
