package org.hitc.session.signin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hitc.session.file.TrustedFile;

/**
 * A provider whose users' roles stand in a text file, and there alone: whatever the provider itself
 * says about roles does not count.
 *
 * <pre>
 * # user: role, role
 * anna: fis_user, fis_audit
 * bert: !
 * </pre>
 *
 * <p>{@code !} disables a user: no sign-in, and running sessions end. A user without a line may
 * sign in and has no role. The file must be root's or the listener's own and closed to writing for
 * others ({@link TrustedFile}); it is read again when it has changed, and counts from the next
 * request on. While it is wrong nobody can sign in and no request is answered.
 */
public final class RolesFile implements SignInProvider {
  /** Longest file, in bytes. */
  static final int MAX_BYTES = 16 << 20;

  private static final String DISABLED = "!";

  private final SignInProvider provider;
  private final Reread<Map<String, Line>> lines;

  private RolesFile(SignInProvider provider, Path file) {
    this.provider = provider;
    this.lines = new Reread<>(file, RolesFile::read);
  }

  private record Line(Set<String> roles, boolean enabled) {
    static final Line ABSENT = new Line(Set.of(), true);

    UserEntry applyTo(UserEntry user) {
      return user.withRights(roles, user.enabled() && enabled);
    }
  }

  /**
   * Opens a roles file.
   *
   * @param provider who says everything else
   * @throws SignInException when it is missing, not safe, or wrong; with every problem
   */
  public static RolesFile open(SignInProvider provider, Path file) {
    return new RolesFile(provider, file);
  }

  /**
   * Looks whether a roles file could be opened.
   *
   * @throws SignInException when it is missing, not safe, or wrong; with every problem
   */
  public static void check(Path file) {
    var _ = new Reread<>(file, RolesFile::read);
  }

  private static Map<String, Line> read(Path file) throws IOException {
    return parse(file, TrustedFile.read(file, MAX_BYTES));
  }

  @Override
  public SignInAnswer signIn(String user, String password) {
    // Read before the provider is asked: while it is wrong, nothing may be counted or begun.
    Map<String, Line> now = lines.now();
    return apply(now, user, provider.signIn(user, password));
  }

  @Override
  public SignInAnswer signIn(String user, String password, boolean familiar) {
    Map<String, Line> now = lines.now();
    return apply(now, user, provider.signIn(user, password, familiar));
  }

  @Override
  public SignInAnswer answer(String user, String state, Map<String, String> answers) {
    Map<String, Line> now = lines.now();
    return isEnabled(now, user)
        ? apply(now, user, provider.answer(user, state, answers))
        : new SignInAnswer.Denied();
  }

  @Override
  public boolean forgets() {
    return provider.forgets();
  }

  @Override
  public Optional<UserEntry> find(String user, Optional<UserEntry> kept) {
    Line line = lines.now().getOrDefault(user, Line.ABSENT);
    return provider.find(user, kept).map(line::applyTo);
  }

  private static SignInAnswer apply(Map<String, Line> lines, String user, SignInAnswer answer) {
    return switch (answer) {
      case SignInAnswer.Accepted(UserEntry found, String method, var grant)
          when isEnabled(lines, found.name()) ->
          new SignInAnswer.Accepted(
              lines.getOrDefault(found.name(), Line.ABSENT).applyTo(found), method, grant);
      case SignInAnswer.Accepted _ -> new SignInAnswer.Denied();
      case SignInAnswer.Ask _ when !isEnabled(lines, user) -> new SignInAnswer.Denied();
      case SignInAnswer.Ask _, SignInAnswer.Denied _, SignInAnswer.Busy _ -> answer;
    };
  }

  private static boolean isEnabled(Map<String, Line> lines, String user) {
    return lines.getOrDefault(user, Line.ABSENT).enabled();
  }

  private static Map<String, Line> parse(Path file, byte[] text) {
    Map<String, Line> users = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (Optional<String> line : PasswordFileText.lines(text)) {
      String place = file + ":" + ++number + ": ";
      if (line.isEmpty()) {
        problems.add(place + "not UTF-8");
      } else if (!line.get().isBlank() && !line.get().startsWith("#")) {
        add(line.get(), users, problem -> problems.add(place + problem));
      }
    }
    if (!problems.isEmpty()) {
      throw new SignInException(problems);
    }
    return Map.copyOf(users);
  }

  private static void add(String text, Map<String, Line> users, Consumer<String> problem) {
    int colon = text.indexOf(':');
    String user = colon < 0 ? "" : text.substring(0, colon).strip();
    String rest = text.substring(colon + 1).strip();
    if (!UserEntry.isName(user)) {
      problem.accept("needs user: role, role; a user is of the form [a-z_][a-z0-9_.-]{0,31}");
      return;
    }
    Line line =
        rest.equals(DISABLED)
            ? new Line(Set.of(), false)
            : new Line(UserRules.roles(rest.replaceAll("\\s*,\\s*", ","), problem), true);
    if (users.putIfAbsent(user, line) != null) {
      problem.accept("there is a line for " + user + " already");
    }
  }
}
