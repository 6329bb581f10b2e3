package org.hitc.session.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file with secrets")
class PrivateFileTest {
  private static final int NOBODY = 65534;

  @TempDir Path folder;

  @Test
  void is_read_as_it_was_written() throws IOException {
    Path file = make("one");
    assertThat(PrivateFile.read(file, 3)).isEqualTo("one".getBytes(UTF_8));
    PrivateFile.replace(file, "two!".getBytes(UTF_8));
    assertThat(PrivateFile.read(file, 4)).isEqualTo("two!".getBytes(UTF_8));
    assertThat(folder).isDirectoryNotContaining(p -> !p.equals(file));
  }

  @Test
  void is_refused_when_it_is_longer_than_expected() throws IOException {
    Path file = make("one");
    assertThatThrownBy(() -> PrivateFile.read(file, 2)).hasMessageContaining("longer than 2");
  }

  @Test
  void is_refused_when_it_is_a_link_or_a_folder() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), make("one"));
    assertThatThrownBy(() -> PrivateFile.check(link)).hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> PrivateFile.replace(link, new byte[0]))
        .hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> PrivateFile.check(folder)).hasMessageContaining("not a regular file");
  }

  @Test
  void is_refused_when_it_has_a_second_name() throws IOException {
    Path file = make("one");
    Path second = Files.createLink(folder.resolve("second"), file);
    assertThatThrownBy(() -> PrivateFile.check(file)).hasMessageContaining("another name");
    assertThatThrownBy(() -> PrivateFile.read(second, 9)).hasMessageContaining("another name");
    Files.delete(second);
    PrivateFile.check(file);
  }

  @Test
  void is_missed_by_name() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> PrivateFile.check(missing)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void survives_what_a_crash_left_beside_it() throws IOException {
    Path file = make("one");
    Files.writeString(folder.resolve("secret.new"), "half");
    PrivateFile.replace(file, "two".getBytes(UTF_8));
    assertThat(PrivateFile.read(file, 3)).isEqualTo("two".getBytes(UTF_8));
  }

  @Test
  void keeps_its_owner_when_root_replaces_it() throws IOException {
    assumeTrue(isRoot(), "only root can replace the file of another user");
    Path file = make("one");
    Files.setAttribute(file, "unix:uid", NOBODY);
    Files.setAttribute(file, "unix:gid", NOBODY);
    PrivateFile.replace(file, "two".getBytes(UTF_8));
    assertThat(Files.readAttributes(file, "unix:uid,gid,mode"))
        .containsEntry("uid", NOBODY)
        .containsEntry("gid", NOBODY)
        .containsEntry("mode", 0100600);
  }

  private Path make(String text) throws IOException {
    Path file = folder.resolve("secret");
    PrivateFile.create(file, text.getBytes(UTF_8));
    return file;
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }
}
