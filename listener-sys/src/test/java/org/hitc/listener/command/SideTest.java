package org.hitc.listener.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The command line of the listener")
final class SideTest {
  @TempDir private Path distribution;

  @Test
  void has_its_own_jars_and_no_tool() throws Exception {
    Path lib = Files.createDirectories(distribution.resolve("listener/lib"));
    Files.createFile(lib.resolve("b.jar"));
    Files.createFile(lib.resolve("a.jar"));
    Path tool = Files.createDirectories(distribution.resolve("listener/tool"));
    Files.createFile(tool.resolve("flyway-core.jar"));
    Path home = Path.of("/home/listener");
    List<String> line =
        Side.LISTENER.command(
            home,
            Side.LISTENER.jars(distribution),
            Side.LISTENER.cached(distribution, home),
            List.of("--config", "/etc/hitc/listener.yaml"));
    assertThat(line)
        .contains("-cp", "/home/listener/lib/a.jar:/home/listener/lib/b.jar")
        .contains("-Xmx192m")
        .endsWith("org.hitc.listener.Main", "--config", "/etc/hitc/listener.yaml")
        .noneMatch(word -> word.contains("tool") || word.contains("AOTCache"));
  }

  @Test
  void uses_an_aot_cache_that_is_there() throws Exception {
    Files.createDirectories(distribution.resolve("listener"));
    Files.createFile(distribution.resolve("listener/listener.aot"));
    assertThat(Side.LISTENER.cached(distribution, Path.of("/home/listener")))
        .containsExactly("-XX:AOTCache=/home/listener/listener.aot");
  }
}
