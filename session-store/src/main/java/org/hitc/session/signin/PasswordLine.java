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
 * @param totp what the user needs beside the password, if anything; behind the hash, after a tilde
 */
record PasswordLine(UserEntry user, Argon2Hash hash, boolean mustChange, Optional<Totp> totp) {
  private static final int FIELDS = 5;
  private static final int STAMP_BYTES = 16;
  private static final String DISABLED = "!";
  private static final String MUST_CHANGE = "*";
  private static final char TOTP = '~';

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
    int tilde = phc.indexOf(TOTP);
    Optional<Totp> totp = tilde < 0 ? Optional.empty() : Totp.parse(phc.substring(tilde + 1));
    boolean totpIsWrong = tilde >= 0 && totp.isEmpty();
    phc = tilde < 0 ? phc : phc.substring(0, tilde);
    Optional<Argon2Hash> hash = Argon2Hash.parse(phc);
    if (!UserEntry.isName(name)) {
      problems.add("the name is not of the form [a-z_][a-z0-9_.-]{0,31}");
    }
    if (hash.isEmpty()) {
      problems.add("the hash is not $argon2id$v=19$m=...,t=...,p=...$salt$hash");
    }
    if (totpIsWrong) {
      problems.add("behind the hash stands no second factor of the form ~secret~step");
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
            new UserEntry(name, fields[4], language, roles, enabled, stamp(hash.get(), totp)),
            hash.get(),
            mustChange,
            totp));
  }

  /** The line of a new, enabled user; what it says is checked by reading it again. */
  static String write(NewUser user, Argon2Hash hash, boolean mustChange) {
    return write(
        user.name(),
        true,
        mustChange,
        hash,
        Optional.empty(),
        user.roles(),
        user.language(),
        user.displayName());
  }

  /** The line that {@link #parse} reads as this. */
  String write() {
    return write(
        user.name(),
        user.enabled(),
        mustChange,
        hash,
        totp,
        user.roles(),
        user.language(),
        user.displayName());
  }

  PasswordLine withPassword(Argon2Hash fresh, boolean change) {
    return new PasswordLine(stamped(fresh, totp), fresh, change, totp);
  }

  /** With another second factor, or none. */
  PasswordLine withTotp(Optional<Totp> other) {
    return new PasswordLine(stamped(hash, other), hash, mustChange, other);
  }

  private UserEntry stamped(Argon2Hash newHash, Optional<Totp> newTotp) {
    return new UserEntry(
        user.name(),
        user.displayName(),
        user.language(),
        user.roles(),
        user.enabled(),
        stamp(newHash, newTotp));
  }

  PasswordLine withEnabled(boolean enabled) {
    return new PasswordLine(user.withRights(user.roles(), enabled), hash, mustChange, totp);
  }

  PasswordLine withRoles(Set<String> roles) {
    return new PasswordLine(user.withRights(roles, user.enabled()), hash, mustChange, totp);
  }

  private static String write(
      String name,
      boolean enabled,
      boolean mustChange,
      Argon2Hash hash,
      Optional<Totp> totp,
      Set<String> roles,
      Optional<String> language,
      String displayName) {
    return String.join(
        ":",
        name,
        (enabled ? "" : DISABLED)
            + (mustChange ? MUST_CHANGE : "")
            + hash
            + totp.map(factor -> TOTP + factor.write()).orElse(""),
        String.join(",", new TreeSet<>(roles)),
        language.orElse(""),
        displayName);
  }

  /** Of what the user signs in with; which codes were used is no part of it. */
  private static String stamp(Argon2Hash hash, Optional<Totp> totp) {
    String all = hash + totp.map(factor -> TOTP + factor.secret()).orElse("");
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest, 0, STAMP_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
