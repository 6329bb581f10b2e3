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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("104: a password file that root works on")
class UserFileTest {
  private static final int SOMEBODY = 61_000;
  private static final Optional<Integer> SYS_SIDE = Optional.of(61_001);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void make() throws IOException {
    assumeTrue(PosixFiles.geteuid() == 0, "needs root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    file = folder.resolve("users");
  }

  private static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", SOMEBODY);
  }

  @Test
  void stays_with_root_where_nobody_else_can_write() throws IOException {
    assertThat(UserFile.toBecome(file, SYS_SIDE)).isEmpty();
    Files.writeString(file, "");
    give(file);
    assertThat(UserFile.toBecome(file, SYS_SIDE)).isEmpty();
  }

  @Test
  void is_worked_on_as_its_owner_in_a_folder_of_others() throws IOException {
    Files.writeString(file, "");
    give(file);
    give(folder);
    assertThat(UserFile.toBecome(file, SYS_SIDE)).hasValue(SOMEBODY);
    Files.delete(file);
    assertThat(UserFile.toBecome(file, SYS_SIDE)).isEqualTo(SYS_SIDE);
    assertThat(UserFile.toBecome(file, Optional.empty())).hasValue(SOMEBODY);
  }

  @Test
  void is_worked_on_as_its_owner_below_a_folder_of_others_too() throws IOException {
    Path below = Files.createDirectory(folder.resolve("below"));
    Path deep = Files.writeString(below.resolve("users"), "");
    give(deep);
    give(folder);
    assertThat(UserFile.toBecome(deep, SYS_SIDE)).hasValue(SOMEBODY);
  }

  @Test
  void is_refused_when_it_is_roots_and_others_can_replace_it() throws IOException {
    Files.writeString(file, "");
    give(folder);
    assertThatThrownBy(() -> UserFile.toBecome(file, SYS_SIDE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("others can replace it");
    Files.setAttribute(folder, "unix:uid", 0);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThatThrownBy(() -> UserFile.toBecome(file, SYS_SIDE)).isInstanceOf(IOException.class);
  }

  @Test
  void is_seen_itself_and_not_what_a_link_in_its_place_points_to() throws IOException {
    Files.createSymbolicLink(file, Files.writeString(folder.resolve("other"), ""));
    Files.setAttribute(file, "unix:uid", SOMEBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    give(folder);
    assertThat(UserFile.toBecome(file, SYS_SIDE)).hasValue(SOMEBODY);
  }
}
