package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.session.file.PrivateFile;

/**
 * Users in a text file, one a line, UTF-8:
 *
 * <pre>
 * # name:hash:roles:language:display name
 * anna:$argon2id$v=19$m=19456,t=2,p=1$...$...:accounting,audit:de:Anna Muster
 * ben:!$argon2id$...:accounting::Ben, who left
 * </pre>
 *
 * <p>{@code !} before the hash disables a user. Empty lines and lines that begin with {@code #}
 * stand for themselves. Roles and language may be empty. The file must pass {@link
 * PrivateFile#check}.
 *
 * <p>The file is read again when it has changed. While it is wrong nobody can sign in and no
 * request is answered; sessions live on and work again when it is repaired.
 */
public final class PasswordFile implements SignInProvider {
  /** Longest file, in bytes. */
  static final int MAX_BYTES = 16 << 20;

  private static final String IMPOSSIBLE = "";

  private final Path file;
  private final SecureRandom random;
  private final Argon2Hash nobody;
  private final PasswordChecks checks = new PasswordChecks();
  private final AtomicReference<Loaded> loaded;
  private final ReentrantLock writing = new ReentrantLock();

  private PasswordFile(Path file, SecureRandom random) {
    this.file = file;
    this.random = random;
    this.nobody = Argon2Hash.ofNobody(random);
    this.loaded = new AtomicReference<>(load());
  }

  private record Loaded(Map<String, Object> attributes, Map<String, PasswordLine> users) {}

  /**
   * Opens a password file.
   *
   * @throws SignInException when it is missing, not safe, or wrong; with every problem
   */
  public static PasswordFile open(Path file, SecureRandom random) {
    return new PasswordFile(file, random);
  }

  /**
   * Makes an empty password file with mode 0600.
   *
   * @throws IOException when there is one already, or it cannot be made
   */
  public static void create(Path file) throws IOException {
    PrivateFile.create(file, "# name:hash:roles:language:display name\n".getBytes(UTF_8));
  }

  @Override
  public String method() {
    return "password";
  }

  @Override
  public SignInAnswer signIn(String user, String password) {
    Optional<PasswordLine> line = Optional.ofNullable(users().get(user));
    // Every try costs one check, also those that cannot succeed.
    boolean possible = !password.isEmpty() && password.length() <= Argon2Hash.MAX_PASSWORD;
    Optional<Boolean> right =
        checks.matches(
            line.map(PasswordLine::hash).orElse(nobody), possible ? password : IMPOSSIBLE);
    if (right.isEmpty()) {
      return new SignInAnswer.Busy();
    }
    return line.map(PasswordLine::user)
        .filter(found -> right.get() && possible && found.enabled())
        .<SignInAnswer>map(SignInAnswer.Accepted::new)
        .orElseGet(SignInAnswer.Denied::new);
  }

  @Override
  public Optional<UserEntry> find(String user) {
    return Optional.ofNullable(users().get(user)).map(PasswordLine::user);
  }

  /**
   * Adds a user at the end of the file, which keeps everything else in it, its owner and its mode.
   * Two at once wait for each other.
   *
   * @param password 1 to 1,024 characters
   * @throws SignInException when the user is there already, a value has not the shape that {@link
   *     NewUser} describes, or the file cannot be written; the file is then as it was
   */
  public void add(NewUser user, String password) {
    if (password.isEmpty() || password.length() > Argon2Hash.MAX_PASSWORD) {
      throw new SignInException(List.of("a password has 1 to 1024 characters"));
    }
    String line = PasswordLine.write(user, Argon2Hash.create(password, random));
    checkNew(user, line);
    writing.lock();
    try (FileChannel lock = FileChannel.open(lockFile(), StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      String before = new String(PrivateFile.read(file, MAX_BYTES), UTF_8);
      String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
      byte[] after = (before + separator + line + "\n").getBytes(UTF_8);
      PasswordFileText.parse(file, after);
      PrivateFile.replace(file, after);
    } catch (IOException e) {
      throw new SignInException(file + ": " + e.getMessage(), e);
    } finally {
      writing.unlock();
    }
  }

  /** Nothing that was given may end the line, or its field, early. */
  private static void checkNew(NewUser user, String line) {
    List<String> problems = new ArrayList<>();
    Optional<UserEntry> read = PasswordLine.parse(line, problems::add).map(PasswordLine::user);
    if (read.isEmpty()) {
      throw new SignInException(problems);
    }
    NewUser back =
        new NewUser(
            read.get().name(), read.get().displayName(), read.get().language(), read.get().roles());
    if (!back.equals(user)) {
      throw new SignInException(List.of("a value holds a separator"));
    }
  }

  private Map<String, PasswordLine> users() {
    Loaded known = loaded.get();
    if (known.attributes().equals(attributes())) {
      return known.users();
    }
    Loaded fresh = load();
    loaded.set(fresh);
    return fresh.users();
  }

  private Loaded load() {
    // Taken before reading: a change during it is seen by the next look.
    Map<String, Object> attributes = attributes();
    try {
      return new Loaded(
          attributes, PasswordFileText.parse(file, PrivateFile.read(file, MAX_BYTES)));
    } catch (IOException e) {
      throw new SignInException(file + ": " + e.getMessage(), e);
    }
  }

  /** The change time catches what keeps size and modification time, such as another mode. */
  private Map<String, Object> attributes() {
    try {
      return Files.readAttributes(
          file, "unix:dev,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new SignInException(file + ": " + e.getMessage(), e);
    }
  }

  /** The lock is a file of its own, since the password file is replaced under it. */
  private Path lockFile() throws IOException {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    if (!Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
      try {
        PrivateFile.create(lock, new byte[0]);
      } catch (FileAlreadyExistsException _) {
        // Another process made it meanwhile.
      }
    }
    return lock;
  }
}
