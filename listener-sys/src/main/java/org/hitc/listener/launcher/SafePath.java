package org.hitc.listener.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who could have written a file: it and every folder above it must belong to root (or, in the
 * try-out form, to the user who runs it), be writable by nobody else, and be no symbolic link. The
 * checks of Apache's suEXEC and of OpenSSH's {@code safe_path}.
 *
 * <p>One exception: a folder above that belongs to root, is writable by all and sticky ({@code
 * /tmp}) is accepted, because nobody can replace in it what is not his own. It is not accepted as
 * the folder of the file itself.
 */
public final class SafePath {
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  private static final int SET_IDS = 06000;
  private static final int STICKY = 01000;
  private static final int WRITABLE = 0022;
  private static final int EXECUTABLE = 0111;
  private static final int READABLE_BY_OTHERS = 0077;

  private final Optional<Integer> alsoOwner;

  private SafePath(Optional<Integer> alsoOwner) {
    this.alsoOwner = alsoOwner;
  }

  /** Only root may own what is believed. */
  public static SafePath ownedByRoot() {
    return new SafePath(Optional.empty());
  }

  /** For the try-out form: root, or this user, who then could change everything anyway. */
  public static SafePath ownedByRootOr(int user) {
    return new SafePath(Optional.of(user));
  }

  /** What is wrong with a program's file; empty when nothing is. */
  public List<String> program(Path path) throws IOException {
    List<String> problems = chain(path);
    if (problems.isEmpty()) {
      int mode = mode(path);
      if ((mode & TYPE) != REGULAR) {
        problems.add(path + " is not a regular file");
      } else if ((mode & SET_IDS) != 0) {
        problems.add(path + " is setuid or setgid");
      } else if ((mode & EXECUTABLE) == 0 || !Files.isExecutable(path)) {
        problems.add(path + " is not executable");
      }
    }
    return problems;
  }

  /** What is wrong with a configuration file. */
  public List<String> configuration(Path path) throws IOException {
    List<String> problems = chain(path);
    if (problems.isEmpty() && (mode(path) & TYPE) != REGULAR) {
      problems.add(path + " is not a regular file");
    }
    return problems;
  }

  /** What is wrong with a folder that holds configuration files. */
  public List<String> folder(Path path) throws IOException {
    List<String> problems = chain(path);
    if (problems.isEmpty() && (mode(path) & TYPE) != FOLDER) {
      problems.add(path + " is not a folder");
    }
    return problems;
  }

  /**
   * What is wrong with a secret's file. It is 0600 and may belong to the user who reads it, too.
   *
   * @param reader numeric id of that user
   */
  public List<String> secret(Path path, int reader) throws IOException {
    List<String> problems = ownedByRootOr(reader).chain(path);
    if (problems.isEmpty()) {
      int mode = mode(path);
      if ((mode & TYPE) != REGULAR) {
        problems.add(path + " is not a regular file");
      } else if ((mode & READABLE_BY_OTHERS) != 0) {
        problems.add(path + " must have mode 0600");
      }
    }
    return problems;
  }

  private List<String> chain(Path path) throws IOException {
    if (!path.isAbsolute()) {
      return new ArrayList<>(List.of(path + " is not absolute"));
    }
    if (!path.equals(path.normalize())) {
      return new ArrayList<>(List.of(path + " has . or .. in it"));
    }
    List<String> problems = new ArrayList<>();
    for (Optional<Path> p = Optional.of(path); p.isPresent(); p = parent(p.get())) {
      boolean maySticky = !p.get().equals(path) && !parent(path).equals(p);
      try {
        element(p.get(), maySticky).ifPresent(problems::add);
      } catch (NoSuchFileException _) {
        problems.add(p.get() + " does not exist");
      }
    }
    return problems;
  }

  private static Optional<Path> parent(Path path) {
    return Optional.ofNullable(path.getParent());
  }

  private Optional<String> element(Path path, boolean maySticky) throws IOException {
    Map<String, Object> attributes = attributes(path);
    int mode = (int) attributes.getOrDefault("mode", 0);
    int owner = (int) attributes.getOrDefault("uid", -1);
    if ((mode & TYPE) == LINK) {
      return Optional.of(path + " is a symbolic link");
    }
    if (owner != 0 && !alsoOwner.equals(Optional.of(owner))) {
      return Optional.of(path + " does not belong to root");
    }
    boolean sticky = owner == 0 && (mode & STICKY) != 0 && (mode & TYPE) == FOLDER;
    if ((mode & WRITABLE) != 0 && !(maySticky && sticky)) {
      return Optional.of(path + " is writable by group or others");
    }
    return Optional.empty();
  }

  private static int mode(Path path) throws IOException {
    return (int) attributes(path).getOrDefault("mode", 0);
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
  }
}
