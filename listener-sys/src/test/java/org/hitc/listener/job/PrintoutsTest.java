package org.hitc.listener.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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
    printouts.keep("7K3P-2M", all);
    try (InputStream kept = printouts.open("7K3P-2M").orElseThrow()) {
      assertThat(kept.readAllBytes()).isEqualTo(all);
    }
  }

  @Test
  void are_closed_to_everybody_else() throws IOException {
    printouts.keep("7K3P-2M", new byte[1]);
    Path folder = state.resolve("printouts");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("7K3P-2M"))))
        .isEqualTo("rw-------");
  }

  @Test
  void are_never_written_over() throws IOException {
    printouts.keep("7K3P-2M", new byte[1]);
    assertThatThrownBy(() -> printouts.keep("7K3P-2M", new byte[2]))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void are_found_by_a_reference_and_by_nothing_else() {
    for (String other : new String[] {"", "../users", "7K3P-2M/..", "7k3p-2m", "7K3P-2M\n"}) {
      assertThatThrownBy(() -> printouts.open(other)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(printouts.open("0000-00")).isEmpty();
  }

  @Test
  void go_when_their_time_is_over_and_a_bounded_number_at_once() throws IOException {
    printouts.keep("7K3P-2M", new byte[1]);
    printouts.keep("7K3P-2N", new byte[1]);
    assertThat(printouts.removeBefore(Instant.EPOCH, 10)).isZero();
    assertThat(printouts.removeBefore(Instant.now().plusSeconds(60), 1)).isEqualTo(1);
    assertThat(printouts.removeBefore(Instant.now().plusSeconds(60), 10)).isEqualTo(1);
  }
}
