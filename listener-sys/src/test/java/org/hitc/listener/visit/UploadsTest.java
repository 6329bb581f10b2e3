package org.hitc.listener.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private copies of what was uploaded. */
@SuppressWarnings("NullAway.Init") // JUnit calls begin before each test
class UploadsTest {
  @TempDir private Path folder;
  private final AtomicInteger ids = new AtomicInteger();
  private final KeepingQuota quota = new KeepingQuota(InstantSource.system());
  private Uploads uploads;

  @BeforeEach
  void begin() throws IOException {
    uploads = new Uploads(folder.resolve("uploads"), () -> "id" + ids.incrementAndGet(), quota);
  }

  @Test
  void hold_exactly_the_bytes_under_a_name_of_ours_and_nobody_else_reads_them() throws IOException {
    byte[] bytes = {0, -1, 10, 13};
    Path copy = uploads.keep("anna", bytes);
    assertThat(copy.getFileName()).hasToString("id1");
    assertThat(Files.readAllBytes(copy)).isEqualTo(bytes);
    assertThat(mode(copy)).isEqualTo("r--------");
    assertThat(mode(folder.resolve("uploads"))).isEqualTo("rwx------");
  }

  @Test
  void are_never_written_over() throws IOException {
    uploads.keep("anna", new byte[0]);
    ids.set(0);
    assertThatThrownBy(() -> uploads.keep("anna", new byte[1]))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void are_removed_when_they_are_old_a_few_at_a_time() throws IOException {
    Instant moment = Instant.parse("2026-11-23T14:03:00Z");
    for (int i = 0; i < 5; i++) {
      Files.setLastModifiedTime(
          uploads.keep("anna", new byte[1]), FileTime.from(moment.plusSeconds(i - 3L)));
    }
    assertThat(uploads.removeBefore(moment, 2)).isEqualTo(2);
    assertThat(uploads.removeBefore(moment, 10)).isEqualTo(1);
    assertThat(uploads.removeBefore(moment, 10)).isZero();
  }

  @Test
  void count_against_what_their_user_may_have_kept() throws IOException {
    byte[] large = new byte[16 << 20];
    for (int i = 0; i < 8; i++) {
      assertThat(quota.hasRoom("anna")).isTrue();
      uploads.keep("anna", large);
    }
    assertThat(quota.hasRoom("anna")).isFalse();
    assertThat(quota.hasRoom("bert")).isTrue();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
