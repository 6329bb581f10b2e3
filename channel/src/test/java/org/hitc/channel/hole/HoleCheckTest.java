package org.hitc.channel.hole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.hitc.channel.hole.HoleCheck.Problem;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoleCheckTest {
  @TempDir Path root;
  private Layout layout;
  private final Owners oneUser =
      new Owners(PosixFiles.geteuid(), PosixFiles.geteuid(), PosixFiles.getegid());

  @BeforeEach
  void create() throws PosixException {
    layout = new Layout(root);
    HoleSetup.create(layout, oneUser);
  }

  private List<Path> all() {
    return List.of(
        layout.hole(),
        layout.ctl(),
        layout.daemon(),
        layout.spool(),
        layout.jobs(),
        layout.work(),
        layout.keys());
  }

  @Test
  void what_setup_made_has_no_problem_even_when_made_twice() throws IOException {
    assertThat(HoleCheck.problems(layout, oneUser)).isEmpty();
    HoleSetup.create(layout, oneUser);
    assertThat(HoleCheck.problems(layout, oneUser)).isEmpty();
  }

  @Test
  void a_wrong_mode_of_anything_is_reported_with_its_cure() throws Exception {
    for (Path path : all()) {
      Set<java.nio.file.attribute.PosixFilePermission> all =
          PosixFilePermissions.fromString("rwxrwxrwx");
      Files.setPosixFilePermissions(path, all);
      assertThat(HoleCheck.problems(layout, oneUser))
          .extracting(Problem::path)
          .containsExactly(path);
      cure();
    }
  }

  @Test
  void another_kind_of_file_in_any_place_is_reported_with_its_cure() throws Exception {
    for (Path path : all()) {
      Path aside = root.resolve("aside");
      Files.move(path, aside);
      Files.createSymbolicLink(path, aside);
      assertThat(HoleCheck.problems(layout, oneUser)).extracting(Problem::path).contains(path);
      Files.delete(path);
      Files.writeString(path, "");
      assertThat(HoleCheck.problems(layout, oneUser)).extracting(Problem::path).contains(path);
      Files.delete(path);
      assertThat(HoleCheck.problems(layout, oneUser)).extracting(Problem::path).contains(path);
      Files.move(aside, path);
      assertThat(HoleCheck.problems(layout, oneUser)).isEmpty();
    }
  }

  @Test
  void all_problems_come_at_once() throws IOException {
    Files.delete(layout.daemon());
    Files.delete(layout.keys());
    Files.setPosixFilePermissions(layout.work(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(HoleCheck.problems(layout, oneUser))
        .extracting(Problem::path)
        .containsExactly(layout.daemon(), layout.work(), layout.keys());
  }

  @Test
  void a_key_that_others_may_read_is_reported() throws IOException {
    Path key = Files.writeString(layout.keys().resolve("k1"), "x");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(HoleCheck.problems(layout, oneUser)).extracting(Problem::path).containsExactly(key);
  }

  @Test
  void the_real_form_has_three_owners() throws Exception {
    assumeTrue(PosixFiles.geteuid() == 0, "only root can give files away");
    Owners owners = new Owners(64001, 64002, 64003);
    assertThat(HoleCheck.problems(layout, owners))
        .extracting(Problem::path)
        .contains(layout.daemon(), layout.jobs(), layout.work(), layout.ctl(), layout.keys());
    HoleSetup.create(layout, owners);
    assertThat(HoleCheck.problems(layout, owners)).isEmpty();
    assertThat(Files.getAttribute(layout.jobs(), "unix:mode")).isEqualTo(0x4000 | 03730);
  }

  private void cure() throws Exception {
    for (Problem problem : HoleCheck.problems(layout, oneUser)) {
      Process shell = new ProcessBuilder("sh", "-c", problem.cure()).inheritIO().start();
      assertThat(shell.waitFor()).isZero();
    }
    assertThat(HoleCheck.problems(layout, oneUser)).isEmpty();
  }
}
