package org.hitc.workflow.engine;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A message to the user in the form of VMS: {@code %FIS-E-CLOSED, period 2026-06 is closed}.
 *
 * @param facility such as {@code FIS}
 * @param ident such as {@code CLOSED}
 * @param words such as {@code period 2026-06 is closed}; control characters made visible
 */
public record ProgramMessage(Severity severity, String facility, String ident, String words) {

  /** How bad it is, in the order of VMS's letters I, S, W, E, F. */
  public enum Severity {
    INFORMATIONAL,
    SUCCESS,
    WARNING,
    ERROR,
    FATAL
  }

  /** Longest words that are kept, in characters. */
  static final int MAX_WORDS = 500;

  private static final int MAX_BYTES = 16_384;
  private static final Pattern FORM =
      Pattern.compile("%([A-Z][A-Z0-9_$]{0,30})-([ISWEF])-([A-Z][A-Z0-9_$]{0,30}), *(.+)");

  private static final Pattern KEY =
      Pattern.compile("messages\\.[a-z][a-z0-9_-]{0,30}\\.[a-z][a-z0-9_-]{0,30}");

  /**
   * Key in the workflow's bundle, such as {@code messages.fis.closed}. A dollar, which no key has,
   * becomes {@code -}, which no facility has.
   */
  public String messageKey() {
    return ("messages." + facility + "." + ident).replace('$', '-').toLowerCase(Locale.ROOT);
  }

  /** Whether a message of some program has this key. */
  public static boolean isKey(String key) {
    return KEY.matches(key);
  }

  /** The gravest message among the lines of a program's standard error; of equals the first. */
  static Optional<ProgramMessage> gravest(byte[] stderr, Charset charset) {
    String text = new String(stderr, 0, Math.min(stderr.length, MAX_BYTES), charset);
    return text.lines()
        .map(ProgramMessage::parse)
        .flatMap(Optional::stream)
        .reduce((a, b) -> BY_SEVERITY.compare(b, a) > 0 ? b : a);
  }

  private static final Comparator<ProgramMessage> BY_SEVERITY =
      Comparator.comparing(ProgramMessage::severity);

  private static Optional<ProgramMessage> parse(String line) {
    Matcher m = FORM.matcher(line.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    String words = m.group(4);
    return Optional.of(
        new ProgramMessage(
            severity(m.group(2)),
            m.group(1),
            m.group(3),
            Visible.of(words.substring(0, Math.min(words.length(), MAX_WORDS)))));
  }

  private static Severity severity(String letter) {
    return List.of(Severity.values()).get("ISWEF".indexOf(letter));
  }
}
