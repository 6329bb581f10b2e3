package org.hitc.workflow.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The keys under which the words of a workflow can be translated: they are made of its names, which
 * stay when the words change. A key has letters, digits, {@code _} and {@code -}, in parts joined
 * by dots, 200 characters at most.
 */
public final class TextKeys {
  /**
   * Longest value that stands in a key as it is: the rest of the key has 138 characters at most.
   */
  private static final int LONGEST_VALUE = 60;

  private static final int KEPT = 40;
  private static final int HASH_BYTES = 4;
  private static final Pattern PARTS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private TextKeys() {}

  /** Of a step. */
  public static String title(String step) {
    return step + ".title";
  }

  /** Of a form or a confirm. */
  public static String button(String step) {
    return step + ".button";
  }

  /** Of a done. */
  public static String text(String step) {
    return step + ".text";
  }

  /** Of a field or of a column. */
  public static String label(String step, String name) {
    return step + "." + name + ".label";
  }

  /** Of a field. */
  public static String hint(String form, String field) {
    return form + "." + field + ".hint";
  }

  /** Of one choice that the file says. */
  public static String choice(String form, String field, String value) {
    return form + "." + field + ".choices." + part(value);
  }

  /**
   * A value is any text: {@code Not sure} becomes {@code Not_sure-} and eight digits, which keep it
   * apart from {@code Not-sure}.
   */
  private static String part(String value) {
    if (value.length() <= LONGEST_VALUE && PARTS.matches(value)) {
      return value;
    }
    String readable = value.replaceAll("[^A-Za-z0-9-]+", "_");
    return readable.substring(0, Math.min(KEPT, readable.length())) + "-" + hash(value);
  }

  private static String hash(String value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
