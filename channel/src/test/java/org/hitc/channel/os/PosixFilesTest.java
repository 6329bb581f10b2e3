package org.hitc.channel.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.HOSTILE;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_CREAT;
import static org.hitc.channel.os.PosixFiles.O_DIRECTORY;
import static org.hitc.channel.os.PosixFiles.O_EXCL;
import static org.hitc.channel.os.PosixFiles.O_NONBLOCK;
import static org.hitc.channel.os.PosixFiles.O_PATH;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_RDWR;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hitc.channel.os.PosixFiles.Entry;
import org.hitc.channel.os.PosixFiles.Mounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixFilesTest {
  @TempDir Path folder;
  private int directory;

  @BeforeEach
  void openFolder() throws PosixException {
    directory = PosixFiles.open(AT_FDCWD, folder.toString(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  }

  @AfterEach
  void closeFolder() throws PosixException {
    PosixFiles.close(directory);
  }

  @Test
  void an_error_names_call_path_and_number() {
    PosixException e = failure(() -> PosixFiles.open(directory, "a\nb", O_RDONLY, 0));
    assertThat(e).hasMessage("openat a\\x0ab: ENOENT");
    assertThat(e.errno()).isEqualTo(Errno.ENOENT);
  }

  @Test
  void a_name_with_nul_never_reaches_the_kernel() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> PosixFiles.open(directory, "a\0b", O_RDONLY, 0));
  }

  @Nested
  class Opening {
    @Test
    void beneath_a_directory_finds_a_plain_file() throws IOException {
      Files.writeString(folder.resolve("plain"), "text");
      int fd = PosixFiles.openBeneath(directory, "plain", O_RDONLY | HOSTILE, Mounts.SAME);
      assertThat(readAll(fd)).isEqualTo("text");
    }

    @Test
    void beneath_a_directory_follows_no_symbolic_link_at_any_place() throws IOException {
      Files.createDirectory(folder.resolve("real"));
      Files.writeString(folder.resolve("real/file"), "text");
      Files.createSymbolicLink(folder.resolve("folder"), folder.resolve("real"));
      Files.createSymbolicLink(folder.resolve("file"), Path.of("real/file"));
      for (String path : List.of("folder/file", "file")) {
        assertThat(beneathFailure(path)).isEqualTo(Errno.ELOOP);
      }
    }

    @Test
    void beneath_a_directory_does_not_climb_out_of_it() {
      assertThat(beneathFailure("../etc/passwd")).isEqualTo(Errno.EXDEV);
      assertThat(beneathFailure("/etc/passwd")).isEqualTo(Errno.EXDEV);
    }

    @Test
    void beneath_a_directory_stays_on_its_file_system() throws IOException {
      int root = PosixFiles.open(AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
      try {
        assertThat(
                failure(() ->
                        PosixFiles.openBeneath(
                            root, "proc/version", O_RDONLY | HOSTILE, Mounts.SAME))
                    .errno())
            .isEqualTo(Errno.EXDEV);
        PosixFiles.close(
            PosixFiles.openBeneath(root, "proc/version", O_RDONLY | HOSTILE, Mounts.ANY));
      } finally {
        PosixFiles.close(root);
      }
    }

    @Test
    void a_fifo_without_writer_or_reader_does_not_block() throws IOException {
      PosixFiles.mkfifo(directory, "fifo", 0600);
      assertThat(failure(() -> PosixFiles.open(directory, "fifo", O_WRONLY | HOSTILE, 0)).errno())
          .isEqualTo(Errno.ENXIO);
      int reader = PosixFiles.open(directory, "fifo", O_RDONLY | HOSTILE, 0);
      byte[] buffer = new byte[1];
      assertThat(PosixFiles.read(reader, buffer, 0, 1)).isZero();
      int writer = PosixFiles.open(directory, "fifo", O_WRONLY | HOSTILE, 0);
      assertThat(PosixFiles.read(reader, buffer, 0, 1)).isEqualTo(PosixFiles.WOULD_BLOCK);
      PosixFiles.close(reader);
      assertThat(failure(() -> PosixFiles.write(writer, buffer, 0, 1)).errno())
          .isEqualTo(Errno.EPIPE);
      PosixFiles.close(writer);
    }

    private int beneathFailure(String path) {
      return failure(
              () -> PosixFiles.openBeneath(directory, path, O_RDONLY | O_NONBLOCK, Mounts.SAME))
          .errno();
    }
  }

  @Nested
  class Status {
    @Test
    void tells_what_the_kernel_knows() throws IOException {
      Instant before = Instant.now().minusSeconds(1);
      int fd = PosixFiles.open(directory, "file", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      PosixFiles.write(fd, new byte[] {1, 2, 3}, 0, 3);
      PosixFiles.chmod(fd, 0640);
      Files.createLink(folder.resolve("second"), folder.resolve("file"));

      FileStatus status = PosixFiles.status(fd);
      assertThat(status).isEqualTo(PosixFiles.statusAt(directory, "file"));
      assertThat(status.type()).isEqualTo(FileStatus.Type.REGULAR);
      assertThat(status.mode()).isEqualTo(0640);
      assertThat(status.links()).isEqualTo(2);
      assertThat(status.size()).isEqualTo(3);
      assertThat(status.uid()).isEqualTo(PosixFiles.geteuid());
      assertThat(status.uid()).isEqualTo(attribute("file", "unix:uid"));
      assertThat(status.gid()).isEqualTo(attribute("file", "unix:gid"));
      assertThat(status.inode()).isEqualTo(((Number) attribute("file", "unix:ino")).longValue());
      assertThat(status.device()).isEqualTo(PosixFiles.status(directory).device());
      assertThat(status.modified()).isBetween(before, Instant.now().plusSeconds(1));
      assertThat(status.changed()).isBetween(status.modified(), Instant.now().plusSeconds(1));
      PosixFiles.close(fd);
    }

    @Test
    void knows_every_type_that_can_be_made() throws IOException {
      PosixFiles.mkfifo(directory, "fifo", 0620);
      PosixFiles.mkdir(directory, "directory", 0700);
      Files.createSymbolicLink(folder.resolve("symlink"), Path.of("nowhere"));
      assertThat(type("fifo")).isEqualTo(FileStatus.Type.FIFO);
      assertThat(type("directory")).isEqualTo(FileStatus.Type.DIRECTORY);
      assertThat(type("symlink")).isEqualTo(FileStatus.Type.SYMLINK);
      assertThat(PosixFiles.statusAt(AT_FDCWD, "/dev/null").type())
          .isEqualTo(FileStatus.Type.CHARACTER_DEVICE);
    }

    private FileStatus.Type type(String name) throws PosixException {
      return PosixFiles.statusAt(directory, name).type();
    }

    private Object attribute(String name, String attribute) throws IOException {
      return Files.getAttribute(folder.resolve(name), attribute);
    }
  }

  @Nested
  class Renaming {
    @Test
    void to_a_new_name_never_replaces() throws IOException {
      Files.writeString(folder.resolve("a"), "a");
      Files.writeString(folder.resolve("b"), "b");
      assertThat(failure(() -> PosixFiles.renameNew(directory, "a", directory, "b")).errno())
          .isEqualTo(Errno.EEXIST);
      PosixFiles.rename(directory, "a", directory, "b");
      assertThat(folder.resolve("b")).hasContent("a");
    }
  }

  @Nested
  class Directories {
    @Test
    void are_read_whole_whatever_the_names_are() throws IOException {
      byte[] hostile = {'x', '\n', 0x1b, (byte) 0xff, (byte) 0xc0};
      FileName name = FileName.of(hostile, 0, hostile.length);
      for (int i = 0; i < 3000; i++) {
        Files.createFile(folder.resolve("file" + i));
      }
      // Java cannot name such a file: the shell makes it.
      run("touch \"$(printf 'x\\n\\033\\377\\300')\"");

      List<Entry> entries = new ArrayList<>();
      while (PosixFiles.readDirectory(directory, entries::add) > 0) {
        assertThat(entries).hasSizeLessThan(4000);
      }
      assertThat(entries).hasSize(3003).contains(new Entry(name, FileStatus.Type.REGULAR));
      assertThat(name).hasToString("x\\x0a\\x1b\\xff\\xc0");

      PosixFiles.unlink(directory, name);
      PosixFiles.rewind(directory);
      assertThat(PosixFiles.readDirectory(directory, _ -> {})).isPositive();
    }

    private void run(String script) throws IOException {
      Process process =
          new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).inheritIO().start();
      assertThat(process.onExit().join().exitValue()).isZero();
    }
  }

  @Nested
  class Pipes {
    @Test
    void keep_the_size_that_was_set() throws PosixException {
      PosixFiles.Pipe pipe = PosixFiles.pipe(O_CLOEXEC | O_NONBLOCK);
      PosixFiles.setPipeSize(pipe.writeEnd(), 4096);
      assertThat(PosixFiles.pipeSize(pipe.readEnd())).isEqualTo(4096);
      byte[] bytes = new byte[5000];
      assertThat(PosixFiles.write(pipe.writeEnd(), bytes, 0, 4096)).isEqualTo(4096);
      assertThat(PosixFiles.write(pipe.writeEnd(), bytes, 0, 1)).isEqualTo(PosixFiles.WOULD_BLOCK);
      PosixFiles.close(pipe.readEnd());
      PosixFiles.close(pipe.writeEnd());
    }
  }

  @Nested
  class Locks {
    @Test
    void exclude_another_open_file_until_closed() throws PosixException {
      int second = PosixFiles.open(AT_FDCWD, folder.toString(), O_RDONLY | O_CLOEXEC, 0);
      assertThat(PosixFiles.tryLock(directory)).isTrue();
      assertThat(PosixFiles.tryLock(second)).isFalse();
      PosixFiles.close(directory);
      assertThat(PosixFiles.tryLock(second)).isTrue();
      directory = second;
    }
  }

  private static PosixException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(PosixException.class, call);
  }

  private static String readAll(int fd) throws PosixException {
    byte[] buffer = new byte[100];
    int length = PosixFiles.read(fd, buffer, 0, buffer.length);
    PosixFiles.close(fd);
    return new String(buffer, 0, length, UTF_8);
  }
}
