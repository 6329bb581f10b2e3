package org.hitc.i18n;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source text and its translation, as they were when they fitted, each as the first 12
 * hexadecimal digits of its SHA-256 in UTF-8.
 */
public record Fingerprints(String source, String value) {
  private static final int BYTES = 6;
  private static final Pattern PAIR = Pattern.compile("([0-9a-f]{12}) ([0-9a-f]{12})");

  /** Of these two texts. */
  public static Fingerprints of(String source, String value) {
    return new Fingerprints(of(source), of(value));
  }

  /** Of one text. */
  static String of(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static Optional<Fingerprints> read(String words) {
    Matcher pair = PAIR.matcher(words);
    return pair.matches()
        ? Optional.of(new Fingerprints(pair.group(1), pair.group(2)))
        : Optional.empty();
  }

  /** As it stands behind {@code @of}. */
  @Override
  public String toString() {
    return source + " " + value;
  }
}
