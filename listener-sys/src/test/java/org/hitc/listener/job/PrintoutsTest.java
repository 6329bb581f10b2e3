package org.hitc.listener.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.hitc.listener.program.NotTakenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs printed is kept byte for byte, for the listener alone. */
class PrintoutsTest {
  @TempDir private Path state;
  private Printouts printouts;

  @BeforeEach
  void open() throws IOException {
    printouts = new Printouts(state.resolve("printouts"));
  }

  @Test
  void give_back_every_byte() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    keep("7K3P-2M", 1, all);
    try (InputStream kept = printouts.open("7K3P-2M").orElseThrow()) {
      assertThat(kept.readAllBytes()).isEqualTo(all);
    }
  }

  @Test
  void of_a_job_with_several_are_the_last_one() throws IOException {
    keep("7K3P-2M", 1, new byte[] {1});
    keep("7K3P-2M", 2, new byte[] {2});
    try (InputStream kept = printouts.open("7K3P-2M").orElseThrow()) {
      assertThat(kept.readAllBytes()).containsExactly(2);
    }
  }

  @Test
  void are_closed_to_everybody_else() throws IOException {
    keep("7K3P-2M", 1, new byte[1]);
    Path folder = state.resolve("printouts");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("7K3P-2M"))))
        .isEqualTo("rw-------");
  }

  @Test
  void are_never_written_over() throws IOException {
    keep("7K3P-2M", 1, new byte[1]);
    Printout again = new Printout(printouts, StandardCharsets.UTF_8);
    again.name("7K3P-2M", 1);
    assertThatThrownBy(() -> again.write(new byte[2], 0, 2)).isInstanceOf(NotTakenException.class);
    assertThat(state.resolve("printouts").resolve("7K3P-2M")).hasSize(1);
  }

  @Test
  void are_found_by_a_reference_and_by_nothing_else() {
    for (String other : new String[] {"", "../users", "7K3P-2M/..", "7k3p-2m", "7K3P-2M\n"}) {
      assertThatThrownBy(() -> printouts.open(other)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(printouts.open("0000-00")).isEmpty();
  }

  @Test
  void of_jobs_that_share_a_program_are_the_same_under_each_ones_name() throws IOException {
    Printout shared = new Printout(printouts, StandardCharsets.UTF_8);
    shared.name("7K3P-2M", 1);
    shared.name("7K3P-2N", 1);
    shared.write(new byte[] {1, 2}, 0, 2);
    shared.name("7K3P-2P", 3);
    shared.write(new byte[] {3}, 0, 1);
    shared.end();
    shared.letGo();
    for (String name : new String[] {"7K3P-2M", "7K3P-2N", "7K3P-2P.3"}) {
      assertThat(state.resolve("printouts").resolve(name)).hasBinaryContent(new byte[] {1, 2, 3});
    }
    assertThat(shared.read(1, 1)).containsExactly(2);
    assertThat(shared.read(3, 10)).isEmpty();
  }

  @Test
  void go_when_their_time_is_over_and_a_bounded_number_at_once() throws IOException {
    keep("7K3P-2M", 1, new byte[1]);
    keep("7K3P-2N", 1, new byte[1]);
    assertThat(printouts.removeBefore(Instant.EPOCH, 10, _ -> false)).isZero();
    assertThat(printouts.removeBefore(Instant.now().plusSeconds(60), 1, _ -> false)).isEqualTo(1);
    assertThat(printouts.removeBefore(Instant.now().plusSeconds(60), 10, _ -> false)).isEqualTo(1);
  }

  @Test
  void go_when_there_are_too_many_bytes_the_oldest_first_but_not_those_of_a_running_job()
      throws IOException {
    Printout running = new Printout(printouts, StandardCharsets.UTF_8);
    running.name("7K3P-2M", 1);
    running.write(new byte[100], 0, 100);
    age("7K3P-2M", 3);
    keep("7K3P-2N", 1, new byte[100]);
    age("7K3P-2N", 2);
    keep("7K3P-2P", 1, new byte[100]);
    assertThat(printouts.removeBeyond(300, _ -> false)).isZero();
    assertThat(printouts.removeBeyond(250, _ -> false)).isEqualTo(1);
    assertThat(printouts.open("7K3P-2N")).isEmpty();
    running.end();
    running.letGo();
    assertThat(printouts.removeBeyond(0, _ -> false)).isEqualTo(2);
  }

  private void age(String name, int minutes) throws IOException {
    Files.setLastModifiedTime(
        state.resolve("printouts").resolve(name),
        FileTime.from(Instant.now().minusSeconds(60L * minutes)));
  }

  private void keep(String reference, int number, byte[] bytes) throws IOException {
    Printout printout = new Printout(printouts, StandardCharsets.UTF_8);
    printout.name(reference, number);
    printout.write(bytes, 0, bytes.length);
    printout.end();
    printout.letGo();
  }
}
