package org.hitc.listener.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The folders that a setup makes")
final class SetupTest {
  @TempDir private Path folder;

  private static int self(String what) throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:" + what);
  }

  @Test
  void are_closed_to_others_and_stay_when_they_are_there() throws IOException {
    Path state = folder.resolve("a/state");
    Setup.makeOwn("state", state, self("uid"), self("gid"));
    assertThat(Files.getAttribute(state, "unix:mode")).isEqualTo(040700);
    Path kept = Files.createFile(state.resolve("kept"));
    Setup.makeOwn("state", state, self("uid"), self("gid"));
    assertThat(kept).exists();
  }

  @Test
  void are_refused_when_they_belong_to_somebody_else_or_are_none() throws IOException {
    assertThatThrownBy(() -> Setup.makeOwn("state", folder, self("uid") + 1, self("gid")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("(state) belongs to user")
        .hasMessageContaining("chown");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Setup.makeOwn("files", file, self("uid"), self("gid")))
        .hasMessageContaining("is not a folder");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    assertThatThrownBy(() -> Setup.makeOwn("files", link, self("uid"), self("gid")))
        .hasMessageContaining("is not a folder");
  }
}
