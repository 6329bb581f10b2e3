package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One user's line of the password file: {@code name:hash:roles:language:display name}. */
record PasswordLine(UserEntry user, Argon2Hash hash) {
  private static final int FIELDS = 5;
  private static final int MAX_DISPLAY_NAME = 128;
  private static final int STAMP_BYTES = 16;
  private static final String DISABLED = "!";

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
    boolean enabled = !fields[1].startsWith(DISABLED);
    String phc = enabled ? fields[1] : fields[1].substring(DISABLED.length());
    Optional<Argon2Hash> hash = Argon2Hash.parse(phc);
    if (!UserEntry.isName(name)) {
      problems.add("the name is not of the form [a-z_][a-z0-9_.-]{0,31}");
    }
    if (hash.isEmpty()) {
      problems.add("the hash is not $argon2id$v=19$m=...,t=...,p=...$salt$hash");
    }
    Set<String> roles = roles(fields[2], problems::add);
    checkLanguage(fields[3], problems::add);
    checkDisplayName(fields[4], problems::add);
    problems.forEach(problem);
    if (!problems.isEmpty() || hash.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> language = fields[3].isEmpty() ? Optional.empty() : Optional.of(fields[3]);
    return Optional.of(
        new PasswordLine(
            new UserEntry(name, fields[4], language, roles, enabled, stamp(phc)), hash.get()));
  }

  /** The line of a new, enabled user; what it says is checked by reading it again. */
  static String write(NewUser user, Argon2Hash hash) {
    return String.join(
        ":",
        user.name(),
        hash.toString(),
        String.join(",", new TreeSet<>(user.roles())),
        user.language().orElse(""),
        user.displayName());
  }

  private static Set<String> roles(String field, Consumer<String> problem) {
    Set<String> roles = new TreeSet<>();
    if (field.isEmpty()) {
      return roles;
    }
    for (String role : field.split(",", -1)) {
      if (!role.matches("[a-z][a-z0-9_-]{0,31}")) {
        problem.accept("a role is not of the form [a-z][a-z0-9_-]{0,31}");
      } else if (!roles.add(role)) {
        problem.accept("the role " + role + " stands there twice");
      }
    }
    return roles;
  }

  private static void checkLanguage(String tag, Consumer<String> problem) {
    if (tag.isEmpty()) {
      return;
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      if (!locale.toLanguageTag().equals(tag)) {
        problem.accept("the language is written " + locale.toLanguageTag());
      }
    } catch (IllformedLocaleException _) {
      problem.accept("the language is not a BCP 47 tag");
    }
  }

  private static void checkDisplayName(String name, Consumer<String> problem) {
    if (name.isBlank()) {
      problem.accept("the display name is missing");
    }
    if (name.length() > MAX_DISPLAY_NAME) {
      problem.accept("the display name is longer than " + MAX_DISPLAY_NAME + " characters");
    }
    if (name.codePoints().anyMatch(PasswordLine::changesOtherText)) {
      problem.accept("the display name holds a control or direction character");
    }
  }

  /** Control characters, and those that turn the text around them (Trojan Source). */
  private static boolean changesOtherText(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.SURROGATE
        || c == 0x2028
        || c == 0x2029;
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
