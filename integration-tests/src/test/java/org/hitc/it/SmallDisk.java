package org.hitc.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk of its own for a folder, which can be full, and can fail while it is used. */
public final class SmallDisk implements AutoCloseable {
  private static final Path MKFS = Path.of("/sbin/mkfs.ext4");
  private static final int BLOCK = 4096;
  private static final int INODES = 128;

  private final Path image;
  private final Path folder;

  private SmallDisk(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /**
   * Mounts an empty one over a folder; owner and mode are those of the folder. Skips the test where
   * that is not possible.
   *
   * @param kib its size
   */
  public static SmallDisk over(Path folder, int kib) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(MKFS), "needs mkfs.ext4 (e2fsprogs), to have a disk that fails");
    Path image = Files.createTempFile("hitc-disk", ".img");
    String owner = stat("%u:%g", folder);
    String mode = stat("%a", folder);
    Product.run(
        List.of(
            MKFS.toString(),
            "-q",
            "-m",
            "0",
            "-b",
            Integer.toString(BLOCK),
            "-N",
            Integer.toString(INODES),
            "-O",
            "^has_journal",
            image.toString(),
            kib + "k"));
    SmallDisk disk = new SmallDisk(image, folder);
    try {
      disk.mount();
    } catch (IllegalStateException e) {
      Files.delete(image);
      Assumptions.abort("needs a loop device, to have a disk that fails: " + e.getMessage());
    }
    Files.delete(folder.resolve("lost+found"));
    Product.run(List.of("chown", owner, folder.toString()));
    Product.run(List.of("chmod", mode, folder.toString()));
    return disk;
  }

  private static String stat(String format, Path folder) {
    return Product.run(List.of("stat", "-c", format, folder.toString())).strip();
  }

  private void mount() {
    Product.run(
        List.of(
            "mount",
            "-o",
            "loop,errors=remount-ro,nosuid,nodev",
            image.toString(),
            folder.toString()));
  }

  /** Where it is mounted. */
  public Path folder() {
    return folder;
  }

  /** Writes until there is no room for one byte. */
  public void fill() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] block = new byte[BLOCK];
      for (int i = 0; i < 1 << 16; i++) {
        out.write(block);
      }
      throw new IllegalStateException("it does not get full");
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Undoes {@link #fill}. */
  public void makeRoom() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /** The kernel finds it damaged, as it sees it, and lets nobody write any more. */
  public void fail() throws IOException {
    String device = stat("%D", folder);
    try (var all = Files.list(Path.of("/sys/fs/ext4"))) {
      for (Path one : all.toList()) {
        Path numbers = Path.of("/sys/class/block", one.getFileName().toString(), "dev");
        if (Files.exists(numbers) && hex(Files.readString(numbers).strip()).equals(device)) {
          Files.writeString(one.resolve("trigger_fs_error"), "a test");
          return;
        }
      }
    }
    throw new IllegalStateException("no device " + device);
  }

  /** {@code 7:1} as {@code stat} prints it. */
  private static String hex(String numbers) {
    String[] parts = numbers.split(":", 2);
    return Integer.toHexString((Integer.parseInt(parts[0]) << 8) | Integer.parseInt(parts[1]));
  }

  /** Checks and mounts it again; whoever had a file of it open must be about to end. */
  public void repair() throws IOException {
    await("the disk is used by nobody")
        .atMost(Duration.ofSeconds(20))
        .ignoreException(IllegalStateException.class)
        .until(() -> Product.run(List.of("umount", folder.toString())).isEmpty());
    try {
      // Exit status 1: it was mended.
      int exit =
          new ProcessBuilder("e2fsck", "-fp", image.toString()).inheritIO().start().waitFor();
      if (exit > 1) {
        throw new IllegalStateException("e2fsck: exit " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    mount();
  }

  /** Takes it away, even if files of it are still open. */
  @Override
  public void close() {
    Product.run(List.of("umount", "-l", folder.toString()));
    try {
      Files.delete(image);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
