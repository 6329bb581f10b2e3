package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One user's line of the password file: {@code name:hash:roles:language:display name}.
 *
 * @param mustChange true when the user has to choose a new password at the next sign-in
 */
record PasswordLine(UserEntry user, Argon2Hash hash, boolean mustChange) {
  private static final int FIELDS = 5;
  private static final int STAMP_BYTES = 16;
  private static final String DISABLED = "!";
  private static final String MUST_CHANGE = "*";

  /**
   * Reads a line.
   *
   * @param problem told of each thing that is wrong with it
   * @return the user, when nothing is wrong
   */
  static Optional<PasswordLine> parse(String line, Consumer<String> problem) {
    // The display name is last so that it may hold a colon.
    String[] fields = line.split(":", FIELDS);
    if (fields.length != FIELDS) {
      problem.accept("needs name:hash:roles:language:display name");
      return Optional.empty();
    }
    List<String> problems = new ArrayList<>();
    String name = fields[0];
    String phc = fields[1];
    boolean enabled = !phc.startsWith(DISABLED);
    phc = enabled ? phc : phc.substring(DISABLED.length());
    boolean mustChange = phc.startsWith(MUST_CHANGE);
    phc = mustChange ? phc.substring(MUST_CHANGE.length()) : phc;
    Optional<Argon2Hash> hash = Argon2Hash.parse(phc);
    if (!UserEntry.isName(name)) {
      problems.add("the name is not of the form [a-z_][a-z0-9_.-]{0,31}");
    }
    if (hash.isEmpty()) {
      problems.add("the hash is not $argon2id$v=19$m=...,t=...,p=...$salt$hash");
    }
    Set<String> roles = UserRules.roles(fields[2], problems::add);
    UserRules.checkLanguage(fields[3], problems::add);
    UserRules.checkDisplayName(fields[4], problems::add);
    problems.forEach(problem);
    if (!problems.isEmpty() || hash.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> language = fields[3].isEmpty() ? Optional.empty() : Optional.of(fields[3]);
    return Optional.of(
        new PasswordLine(
            new UserEntry(name, fields[4], language, roles, enabled, stamp(phc)),
            hash.get(),
            mustChange));
  }

  /** The line of a new, enabled user; what it says is checked by reading it again. */
  static String write(NewUser user, Argon2Hash hash, boolean mustChange) {
    return write(
        user.name(), true, mustChange, hash, user.roles(), user.language(), user.displayName());
  }

  /** The line that {@link #parse} reads as this. */
  String write() {
    return write(
        user.name(),
        user.enabled(),
        mustChange,
        hash,
        user.roles(),
        user.language(),
        user.displayName());
  }

  PasswordLine withPassword(Argon2Hash fresh, boolean change) {
    UserEntry now =
        new UserEntry(
            user.name(),
            user.displayName(),
            user.language(),
            user.roles(),
            user.enabled(),
            stamp(fresh.toString()));
    return new PasswordLine(now, fresh, change);
  }

  PasswordLine withEnabled(boolean enabled) {
    return new PasswordLine(user.withRights(user.roles(), enabled), hash, mustChange);
  }

  PasswordLine withRoles(Set<String> roles) {
    return new PasswordLine(user.withRights(roles, user.enabled()), hash, mustChange);
  }

  private static String write(
      String name,
      boolean enabled,
      boolean mustChange,
      Argon2Hash hash,
      Set<String> roles,
      Optional<String> language,
      String displayName) {
    return String.join(
        ":",
        name,
        (enabled ? "" : DISABLED) + (mustChange ? MUST_CHANGE : "") + hash,
        String.join(",", new TreeSet<>(roles)),
        language.orElse(""),
        displayName);
  }

  private static String stamp(String phc) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(phc.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest, 0, STAMP_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
