package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies in the chroot: the gateway's runtime and jars, the few files that its JVM needs from
 * the C library, one locale and two devices. No shell, no program, nothing writable.
 */
final class Chroot {
  /** Where the gateway's runtime lies, as the gateway sees it. */
  static final Path HOME = Path.of("/app");

  /** What the runtime's launcher and libjvm are linked with. */
  private static final List<String> C_LIBRARY =
      List.of("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libz.so.1");

  private static final List<Path> LIBRARY_FOLDERS =
      List.of(
          Path.of("/lib/x86_64-linux-gnu"),
          Path.of("/lib/aarch64-linux-gnu"),
          Path.of("/lib64"),
          Path.of("/usr/lib64"),
          Path.of("/lib"));

  private static final List<Path> LOADERS =
      List.of(Path.of("/lib64/ld-linux-x86-64.so.2"), Path.of("/lib/ld-linux-aarch64.so.1"));

  private final Path root;

  Chroot(Path root) {
    this.root = root;
  }

  /** Copies the gateway's runtime; times are kept, because the AOT cache is bound to them. */
  void fill(Path distribution) throws IOException {
    copyTree(distribution.resolve(Side.GATEWAY.folder()), inside(HOME));
  }

  /** What a process needs that sees this folder as its root: C library, locale, mount points. */
  void fillForeignRoot() throws IOException {
    for (Path loader : LOADERS) {
      if (Files.exists(loader)) {
        copyFile(loader.toRealPath(), inside(loader));
      }
    }
    for (String library : C_LIBRARY) {
      for (Path folder : LIBRARY_FOLDERS) {
        Path file = folder.resolve(library);
        if (Files.exists(file)) {
          copyFile(file.toRealPath(), inside(file));
          break;
        }
      }
    }
    Path locale = Path.of("/usr/lib/locale/C.utf8");
    if (!Files.isDirectory(locale)) {
      throw new IOException(locale + " is missing: the gateway's JVM needs the locale C.UTF-8");
    }
    copyTree(locale, inside(locale));
    Files.createDirectories(inside(Path.of("/dev")));
  }

  /** The folder or file that the gateway sees under this absolute path. */
  Path inside(Path absolute) {
    return root.resolve(absolute.toString().substring(1));
  }

  private static void copyFile(Path from, Path to) throws IOException {
    makeFolders(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void makeFolders(@org.jspecify.annotations.Nullable Path folder)
      throws IOException {
    if (folder != null) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
  }

  static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          makeFolders(target);
        } else {
          copyFile(file, target);
        }
      }
    }
  }

  /** Removes a folder and all in it; follows no link. */
  static void removeTree(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
