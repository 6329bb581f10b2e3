package org.hitc.workflow.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.Names;

/**
 * Reads what a program with {@code output: values} printed: lines {@code NAME=value}. Blanks around
 * the name and the value are dropped, since COBOL pads with them; a blank line is nothing.
 */
public final class ValuesReader {
  /** More values are refused. */
  public static final int MAX_VALUES = 100;

  /** Longest value, in characters. The longest name is that of {@link Names}. */
  public static final int MAX_VALUE = 4_096;

  /** What was read. */
  public sealed interface Read {
    /**
     * The values, in the order of the program.
     *
     * @param values by name: lower case, with {@code _} for {@code -}, so that {@code FORWARD-TO}
     *     is {@code forward_to}
     */
    record Good(Map<String, String> values) implements Read {
      public Good {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
      }
    }

    /** None of it is used; {@code why} is {@code VALUES_SYNTAX}. */
    record Refused(Refusal why, int line, String reason) implements Read {}
  }

  /** Carries a reason out of a line; never leaves this class. */
  private static final class WrongLineException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongLineException(String reason) {
      super(reason);
    }
  }

  private ValuesReader() {}

  /** Reads a whole output. */
  public static Read read(InputStream output, Charset charset) throws IOException {
    PrintoutReader reader = PrintoutReader.strict(output, charset);
    Map<String, String> values = new LinkedHashMap<>();
    int line = 1;
    try {
      for (Optional<PrintedLine> next = reader.next(); next.isPresent(); next = reader.next()) {
        line = next.get().line();
        if (next.get().page() > 1) {
          throw new WrongLineException("a form feed");
        }
        if (!next.get().text().isBlank()) {
          add(next.get().text(), values);
        }
      }
      return new Read.Good(values);
    } catch (WrongLineException e) {
      return new Read.Refused(Refusal.VALUES_SYNTAX, line, String.valueOf(e.getMessage()));
    } catch (PrintoutException e) {
      return new Read.Refused(
          Refusal.VALUES_SYNTAX, e.place().line(), String.valueOf(e.getMessage()));
    }
  }

  private static void add(String line, Map<String, String> values) throws WrongLineException {
    if (line.chars().anyMatch(ValuesReader::isControl)) {
      throw new WrongLineException("a control character");
    }
    int sign = line.indexOf('=');
    if (sign < 0) {
      throw new WrongLineException("a line without '='; NAME=value is wanted");
    }
    String name = line.substring(0, sign).strip().replace('-', '_').toLowerCase(Locale.ROOT);
    String value = line.substring(sign + 1).strip();
    if (!Names.isName(name)) {
      throw new WrongLineException(
          "a name has a letter, then letters, digits, - and _, and at most "
              + Names.MAX_LENGTH
              + " of them");
    }
    if (value.length() > MAX_VALUE) {
      throw new WrongLineException("a value longer than " + MAX_VALUE + " characters");
    }
    if (values.putIfAbsent(name, value) != null) {
      throw new WrongLineException("a second value of " + name);
    }
    if (values.size() > MAX_VALUES) {
      throw new WrongLineException("more than " + MAX_VALUES + " values");
    }
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
