package org.hitc.listener.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.hitc.channel.os.PosixFiles;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a demo may lie. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class DemoPlaceTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"with blank", "quote\"", "a:b", "a#b", "back\\slash", "new\nline"})
  void not_under_a_name_that_needs_quotes_and_nothing_is_made(String name) {
    Path folder = temporary.resolve(name);
    assertThatThrownBy(() -> make(folder)).isInstanceOf(IOException.class);
    assertThat(folder).doesNotExist();
  }

  @Test
  void not_in_a_folder_that_others_can_write_to() throws IOException {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> make(shared)).hasMessageContaining("is writable by group or others");
    assertThat(shared).isEmptyDirectory();
    assertThatThrownBy(() -> make(shared.resolve("demo")))
        .hasMessageContaining("is writable by group or others");
  }

  @Test
  void not_in_a_folder_of_somebody_else() throws IOException {
    assumeTrue(PosixFiles.geteuid() == 0, "needs root: another user's folder");
    Path folder = Files.createDirectory(temporary.resolve("theirs"));
    Files.setAttribute(folder, "unix:uid", 65_000);
    assertThatThrownBy(() -> make(folder)).hasMessageContaining("does not belong to root");
  }

  @Test
  void in_a_folder_of_ones_own_which_is_gone_at_the_end() throws IOException {
    Path folder = temporary.resolve("demo");
    make(folder).close();
    assertThat(folder).doesNotExist();
  }

  private static DemoPlace make(Path folder) throws IOException {
    return DemoPlace.make(Optional.of(folder), false);
  }
}
