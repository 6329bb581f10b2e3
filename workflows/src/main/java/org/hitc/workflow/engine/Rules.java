package org.hitc.workflow.engine;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;

/**
 * What no value may be that becomes an argument or an input line of a program: the one place of
 * these rules, for what was typed and for what an earlier program printed.
 *
 * <ul>
 *   <li>No unpaired surrogate: Java would pass it on as {@code ?} ({@code ARG_ENCODING}).
 *   <li>No control character (C0 with NUL, DEL, C1 with NEL) and no line or paragraph separator:
 *       one value is one line ({@code ARG_CHARSET}).
 *   <li>Bounded in characters and in bytes ({@code ARG_LEN}).
 *   <li>As an argument, not like an option: it does not begin with {@code -} ({@code ARG_DASH}).
 *       Neither with {@code +} (options of date, sort, vi, xterm) nor {@code @} (argument files of
 *       compilers and many tools): they are options by other names, and a field for telephone
 *       numbers or accounts that must begin so says {@code may_start_with_dash}. Other dashes of
 *       Unicode begin no option of any program and stay.
 * </ul>
 */
public final class Rules {
  /** Longest argument or input line, in characters. */
  public static final int MAX_LENGTH = 4_096;

  /** Longest argument or input line, in bytes of UTF-8. */
  public static final int MAX_BYTES = 8_192;

  private Rules() {}

  /** The value in normal form C, so that it is compared and measured in one form only. */
  static String normalise(String value) {
    return Normalizer.normalize(value, Normalizer.Form.NFC);
  }

  /** Checks the characters. */
  static Optional<Fault> characters(String value) {
    if (value.codePoints().anyMatch(Rules::isSurrogate)) {
      return Optional.of(Fault.of(Refusal.ARG_ENCODING));
    }
    return value.codePoints().anyMatch(Rules::isForbidden)
        ? Optional.of(Fault.of(Refusal.ARG_CHARSET))
        : Optional.empty();
  }

  /** Checks the length in characters and in bytes; the text holds no unpaired surrogate. */
  static Optional<Fault> length(String value, int maxLength, int maxBytes) {
    boolean fits =
        value.codePointCount(0, value.length()) <= maxLength
            && value.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
    return fits
        ? Optional.empty()
        : Optional.of(
            new Fault(
                Refusal.ARG_LEN,
                Map.of(
                    "max", new Argument.Count(maxLength),
                    "maxBytes", new Argument.Count(maxBytes))));
  }

  /** Checks a whole input line. */
  static Optional<Fault> inputLine(String line) {
    return characters(line).or(() -> length(line, MAX_LENGTH, MAX_BYTES));
  }

  /**
   * Checks a whole argument.
   *
   * @param mayStartWithDash the definition allows it, or wrote its beginning itself
   */
  static Optional<Fault> argument(String argument, boolean mayStartWithDash) {
    return inputLine(argument)
        .or(() -> mayStartWithDash ? Optional.empty() : notLikeAnOption(argument));
  }

  /** Checks that a value does not begin like an option. */
  static Optional<Fault> notLikeAnOption(String value) {
    boolean option = !value.isEmpty() && "-+@".indexOf(value.charAt(0)) >= 0;
    return option ? Optional.of(Fault.of(Refusal.ARG_DASH)) : Optional.empty();
  }

  /** True for what is neither printable nor a blank. */
  static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static boolean isSurrogate(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
