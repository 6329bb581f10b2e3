package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hitc.channel.Refusal;
import org.hitc.session.file.PrivateFile;

/**
 * Users in a text file, one a line, UTF-8:
 *
 * <pre>
 * # name:hash:roles:language:display name
 * anna:$argon2id$v=19$m=19456,t=2,p=1$...$...:accounting,audit:de:Anna Muster
 * ben:!$argon2id$...:accounting::Ben, who left
 * carl:*$argon2id$...:::Carl, who is new
 * </pre>
 *
 * <p>{@code !} before the hash disables a user. {@code *} (after {@code !}, if both stand there)
 * makes a user choose a new password at the next sign-in, before a session begins. {@code
 * ~secret~step} behind the hash is a second factor ({@link Totp}). Empty lines and lines that begin
 * with {@code #} stand for themselves. Roles and language may be empty. The file must pass {@link
 * PrivateFile#check}.
 *
 * <p>The file is read again when it has changed. While it is wrong nobody can sign in and no
 * request is answered; sessions live on and work again when it is repaired.
 */
public final class PasswordFile implements SignInProvider {
  /** Longest file, in bytes. */
  static final int MAX_BYTES = 16 << 20;

  private static final String IMPOSSIBLE = "";
  private static final String METHOD = "password";
  private static final String METHOD_WITH_CODE = "password-code";

  /** Wrong codes in one sign-in; then it begins anew. */
  private static final int MAX_CODES = 5;

  private final Path file;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Argon2Hash nobody;
  private final PasswordChecks checks = new PasswordChecks();
  private final Reread<Map<String, PasswordLine>> users;
  private final ReentrantLock writing = new ReentrantLock();

  private PasswordFile(Path file, SecureRandom random, InstantSource clock) {
    this.file = file;
    this.random = random;
    this.clock = clock;
    this.nobody = Argon2Hash.ofNobody(random);
    this.users =
        new Reread<>(file, path -> PasswordFileText.parse(path, PrivateFile.read(path, MAX_BYTES)));
  }

  /**
   * Opens a password file.
   *
   * @throws SignInException when it is missing, not safe, or wrong; with every problem
   */
  public static PasswordFile open(Path file, SecureRandom random) {
    return open(file, random, InstantSource.system());
  }

  /** The same with a clock of its own, which says what codes are good. */
  static PasswordFile open(Path file, SecureRandom random, InstantSource clock) {
    return new PasswordFile(file, random, clock);
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
  public SignInAnswer signIn(String user, String password) {
    Optional<PasswordLine> line = line(user);
    // Every try costs one check, also those that cannot succeed.
    boolean possible = !password.isEmpty() && password.length() <= Argon2Hash.MAX_PASSWORD;
    Optional<Boolean> right =
        checks.matches(
            line.map(PasswordLine::hash).orElse(nobody), possible ? password : IMPOSSIBLE);
    if (right.isEmpty()) {
      return new SignInAnswer.Busy();
    }
    return line.filter(found -> right.get() && possible && found.user().enabled())
        .map(PasswordFile::afterPassword)
        .orElseGet(SignInAnswer.Denied::new);
  }

  /** The password is right: what comes next. */
  private static SignInAnswer afterPassword(PasswordLine line) {
    return line.totp().isPresent() ? askForCode(line, 0, Optional.empty()) : afterCode(line);
  }

  private static SignInAnswer afterCode(PasswordLine line) {
    return line.mustChange() ? askForNewPassword(line, Optional.empty()) : accepted(line);
  }

  private static SignInAnswer accepted(PasswordLine line) {
    return new SignInAnswer.Accepted(
        line.user(), line.totp().isPresent() ? METHOD_WITH_CODE : METHOD);
  }

  private static SignInAnswer askForCode(PasswordLine line, int tries, Optional<Refusal> problem) {
    return new SignInAnswer.Ask(
        CodeScreen.of(problem),
        new SignInStage(SignInStage.Screen.CODE, tries, line.user().stamp()).write(),
        problem.isPresent());
  }

  private static SignInAnswer askForNewPassword(PasswordLine line, Optional<Refusal> problem) {
    return new SignInAnswer.Ask(
        NewPassword.screen(problem),
        new SignInStage(SignInStage.Screen.NEW_PASSWORD, 0, line.user().stamp()).write(),
        false);
  }

  @Override
  public SignInAnswer answer(String user, String state, Map<String, String> answers) {
    Optional<SignInStage> stage = SignInStage.parse(state);
    Optional<PasswordLine> line =
        line(user).filter(found -> stage.filter(now -> isStill(found, now.stamp())).isPresent());
    if (line.isEmpty() || stage.isEmpty()) {
      return new SignInAnswer.Denied();
    }
    return switch (stage.get().screen()) {
      case CODE -> code(line.get(), stage.get().tries(), CodeScreen.typed(answers));
      case NEW_PASSWORD -> change(line.get(), NewPassword.typed(answers));
    };
  }

  /** An answer counts only while password and second factor are still those it began with. */
  private static boolean isStill(PasswordLine line, String stamp) {
    return line.user().enabled() && line.user().stamp().equals(stamp);
  }

  private SignInAnswer code(PasswordLine line, int tries, String typed) {
    String stamp = line.user().stamp();
    Optional<PasswordLine> used =
        line.totp().isPresent()
            // Looked at under the lock: of two who use a code at once, one is too late.
            ? rewrite(
                line.user().name(), now -> isStill(now, stamp) ? use(now, typed) : Optional.empty())
            : Optional.empty();
    if (used.isPresent()) {
      return afterCode(used.get());
    }
    return tries + 1 < MAX_CODES
        ? askForCode(line, tries + 1, Optional.of(Refusal.SIGN_IN_CODE))
        : new SignInAnswer.Denied();
  }

  private Optional<PasswordLine> use(PasswordLine line, String typed) {
    return line.totp()
        .flatMap(totp -> {
          OptionalLong step = totp.stepOf(typed, clock.instant());
          return step.isPresent()
              ? Optional.of(line.withTotp(Optional.of(totp.withUsed(step.getAsLong()))))
              : Optional.empty();
        });
  }

  private SignInAnswer change(PasswordLine line, NewPassword chosen) {
    if (!line.mustChange()) {
      return new SignInAnswer.Denied();
    }
    Optional<Refusal> problem = chosen.problem(line.user().name());
    if (problem.isPresent()) {
      return askForNewPassword(line, problem);
    }
    Optional<Boolean> same = checks.matches(line.hash(), chosen.text());
    if (same.isPresent() && same.get()) {
      return askForNewPassword(line, Optional.of(Refusal.PASS_SAME));
    }
    Optional<Argon2Hash> fresh =
        same.flatMap(_ -> checks.inTurn(() -> Argon2Hash.create(chosen.text(), random)));
    if (fresh.isEmpty()) {
      return new SignInAnswer.Busy();
    }
    String stamp = line.user().stamp();
    return rewrite(
            line.user().name(),
            now ->
                isStill(now, stamp) && now.mustChange()
                    ? Optional.of(now.withPassword(fresh.get(), false))
                    : Optional.empty())
        .map(PasswordFile::accepted)
        .orElseGet(SignInAnswer.Denied::new);
  }

  /** Everything about a user stands in the file. */
  @Override
  public boolean forgets() {
    return false;
  }

  @Override
  public Optional<UserEntry> find(String user, Optional<UserEntry> kept) {
    return find(user);
  }

  /**
   * What the file says about a user now.
   *
   * @throws SignInException when it is missing, not safe, or wrong
   */
  public Optional<UserEntry> find(String user) {
    return line(user).map(PasswordLine::user);
  }

  /**
   * All users, by name.
   *
   * @throws SignInException when it is missing, not safe, or wrong
   */
  public List<KnownUser> list() {
    return users.now().values().stream()
        .map(line -> new KnownUser(line.user(), line.mustChange(), line.totp().isPresent()))
        .sorted(Comparator.comparing(known -> known.user().name()))
        .toList();
  }

  /**
   * Takes over all of another password file if nobody is in this one.
   *
   * @param other the bytes of that file
   * @return whether it did
   * @throws SignInException when the other one is wrong, or the file cannot be written; the file is
   *     then as it was
   */
  public boolean takeOver(byte[] other) {
    AtomicBoolean taken = new AtomicBoolean();
    edit(before -> {
      boolean nobody = before.lines().allMatch(line -> line.isBlank() || line.startsWith("#"));
      taken.set(nobody);
      return nobody ? new String(other, UTF_8) : before;
    });
    return taken.get();
  }

  /** As {@link #add(NewUser, String, boolean)}; the user may keep the password. */
  public void add(NewUser user, String password) {
    add(user, password, false);
  }

  /**
   * Adds a user at the end of the file, which keeps everything else in it, its owner and its mode.
   * Two at once wait for each other.
   *
   * @param password 1 to 1,024 characters
   * @param mustChange true when the user has to choose another one at the first sign-in
   * @throws SignInException when the user is there already, a value has not the shape that {@link
   *     NewUser} describes, or the file cannot be written; the file is then as it was
   */
  public void add(NewUser user, String password, boolean mustChange) {
    String line = PasswordLine.write(user, hash(password), mustChange);
    checkNew(user, line);
    edit(before -> {
      String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
      return before + separator + line + "\n";
    });
  }

  /**
   * Gives a user another password; sessions that began with the old one end.
   *
   * @param password 1 to 1,024 characters
   * @param mustChange true when the user has to choose another one at the next sign-in
   * @throws SignInException when there is no such user, or the file cannot be written
   */
  public void setPassword(String user, String password, boolean mustChange) {
    Argon2Hash hash = hash(password);
    require(user, line -> line.withPassword(hash, mustChange));
  }

  /**
   * Gives a user a second factor, a new one if there is one already; sessions end.
   *
   * @return its secret in base 32, for the user's authenticator and nobody else
   * @throws SignInException when there is no such user, or the file cannot be written
   */
  public String giveSecondFactor(String user) {
    byte[] bytes = new byte[Totp.SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base32.encode(bytes);
    require(user, line -> line.withTotp(Optional.of(new Totp(secret, 0))));
    return secret;
  }

  /**
   * Lets a user sign in with the password alone; sessions end.
   *
   * @throws SignInException when there is no such user, or the file cannot be written
   */
  public void takeSecondFactor(String user) {
    require(user, line -> line.withTotp(Optional.empty()));
  }

  /**
   * Lets a user sign in, or not any more; sessions of a disabled user end.
   *
   * @throws SignInException when there is no such user, or the file cannot be written
   */
  public void setEnabled(String user, boolean enabled) {
    require(user, line -> line.withEnabled(enabled));
  }

  /**
   * Gives a user these roles and no others, from the next request on.
   *
   * @param roles each {@code [a-z][a-z0-9_-]{0,31}}
   * @throws SignInException when there is no such user, a role has another shape, or the file
   *     cannot be written
   */
  public void setRoles(String user, Set<String> roles) {
    List<String> problems = new ArrayList<>();
    UserRules.roles(String.join(",", roles), problems::add);
    if (!problems.isEmpty()) {
      throw new SignInException(problems);
    }
    require(user, line -> line.withRoles(roles));
  }

  /**
   * Takes a user out of the file; sessions end.
   *
   * @throws SignInException when there is no such user, or the file cannot be written
   */
  public void remove(String user) {
    edit(before -> {
      List<String> lines = lines(before);
      if (!lines.removeIf(line -> isOf(user, line))) {
        throw unknown(user);
      }
      return String.join("\n", lines);
    });
  }

  private void require(String user, UnaryOperator<PasswordLine> change) {
    if (rewrite(user, line -> Optional.of(change.apply(line))).isEmpty()) {
      throw unknown(user);
    }
  }

  private SignInException unknown(String user) {
    return new SignInException(List.of(file + ": there is no user " + user));
  }

  /**
   * Changes the line of a user, as it stands now.
   *
   * @param change gives nothing when it is not to be changed after all
   * @return the new line; empty when there is no such user, or nothing was changed
   */
  private Optional<PasswordLine> rewrite(
      String user, Function<PasswordLine, Optional<PasswordLine>> change) {
    List<PasswordLine> written = new ArrayList<>();
    edit(before -> {
      List<String> lines = lines(before);
      lines.replaceAll(text -> {
        Optional<PasswordLine> fresh =
            isOf(user, text) ? PasswordLine.parse(text, _ -> {}).flatMap(change) : Optional.empty();
        fresh.ifPresent(written::add);
        return fresh.map(PasswordLine::write).orElse(text);
      });
      return String.join("\n", lines);
    });
    return written.stream().findFirst();
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(Arrays.asList(text.split("\n", -1)));
  }

  private static boolean isOf(String user, String line) {
    return UserEntry.isName(user) && line.startsWith(user + ":");
  }

  /** The one way to change the file: under its lock, checked before it takes the place. */
  private void edit(UnaryOperator<String> change) {
    writing.lock();
    try (FileChannel lock =
            FileChannel.open(lockFile(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock _ = lock.lock()) {
      byte[] was = PrivateFile.read(file, MAX_BYTES);
      PasswordFileText.parse(file, was);
      byte[] after = change.apply(new String(was, UTF_8)).getBytes(UTF_8);
      if (!Arrays.equals(was, after)) {
        PasswordFileText.parse(file, after);
        PrivateFile.replace(file, after);
      }
    } catch (IOException e) {
      throw new SignInException(file + ": " + e.getMessage(), e);
    } finally {
      writing.unlock();
    }
  }

  private Argon2Hash hash(String password) {
    if (password.isEmpty() || password.length() > Argon2Hash.MAX_PASSWORD) {
      throw new SignInException(List.of("a password has 1 to 1024 characters"));
    }
    return Argon2Hash.create(password, random);
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

  private Optional<PasswordLine> line(String user) {
    return Optional.ofNullable(users.now().get(user));
  }

  /** The lock is a file of its own, since the password file is replaced under it. */
  private Path lockFile() throws IOException {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    PrivateFile.createBeside(lock, file);
    return lock;
  }
}
