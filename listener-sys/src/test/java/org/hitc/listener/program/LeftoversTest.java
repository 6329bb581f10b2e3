package org.hitc.listener.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an earlier listener left running")
final class LeftoversTest {
  private static final String INSTANCE = "leftovers-" + ProcessHandle.current().pid();

  private final Process mine = program(INSTANCE, "east");
  private final Process otherNode = program(INSTANCE, "west");
  private final Process otherInstance = program(INSTANCE + "-b", "east");

  @AfterEach
  void end() {
    mine.destroyForcibly();
    otherNode.destroyForcibly();
    otherInstance.destroyForcibly();
  }

  @Test
  void is_killed_by_the_same_node_of_the_same_instance_only() throws Exception {
    assertThat(ProcessSetup.killLeftovers(INSTANCE, "east")).isEqualTo(1);
    assertThat(mine.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(otherNode.isAlive()).isTrue();
    assertThat(otherInstance.isAlive()).isTrue();
  }

  private static Process program(String instance, String node) {
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().putAll(Map.of("HITC_INSTANCE", instance, "HITC_NODE", node));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
