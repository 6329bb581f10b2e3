package org.hitc.workflow.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Refusal;

/**
 * Reads what a choices program printed: a line is {@code value}, or {@code value}, a tab, {@code
 * label}. A blank line is nothing.
 */
public final class ChoicesReader {
  /** More choices are refused. */
  public static final int MAX_CHOICES = 1_000;

  /** Longest value and longest label, in characters. */
  public static final int MAX_LENGTH = 256;

  /** What was read. */
  public sealed interface Read {
    /** The choices, in the order of the program; no value twice. */
    record Good(List<Printed> choices) implements Read {
      public Good {
        choices = List.copyOf(choices);
      }
    }

    /** None of it is used; {@code why} is {@code ROWS_SYNTAX} or {@code ROWS_LIMIT}. */
    record Refused(Refusal why, int line, String reason) implements Read {}
  }

  /** One choice. */
  public record Printed(String value, String label) {}

  private ChoicesReader() {}

  /** Reads a whole output. */
  public static Read read(InputStream output, Charset charset) throws IOException {
    PrintoutReader reader = PrintoutReader.strict(output, charset);
    List<Printed> choices = new ArrayList<>();
    Set<String> values = new HashSet<>();
    try {
      for (Optional<PrintedLine> next = reader.next(); next.isPresent(); next = reader.next()) {
        PrintedLine line = next.get();
        if (line.text().isBlank()) {
          continue;
        }
        Printed choice = split(line.text());
        Optional<String> problem = problem(choice, line, values);
        if (problem.isPresent()) {
          return new Read.Refused(Refusal.ROWS_SYNTAX, line.line(), problem.get());
        }
        if (choices.size() == MAX_CHOICES) {
          return new Read.Refused(
              Refusal.ROWS_LIMIT, line.line(), "more than " + MAX_CHOICES + " choices");
        }
        choices.add(choice);
      }
      return new Read.Good(choices);
    } catch (PrintoutException e) {
      return new Read.Refused(
          Refusal.ROWS_SYNTAX, e.place().line(), String.valueOf(e.getMessage()));
    }
  }

  private static Printed split(String line) {
    int tab = line.indexOf('\t');
    String value = (tab < 0 ? line : line.substring(0, tab)).strip();
    String label = tab < 0 ? value : line.substring(tab + 1).strip();
    return new Printed(value, label.isEmpty() ? value : label);
  }

  private static Optional<String> problem(Printed choice, PrintedLine line, Set<String> values) {
    if (line.page() > 1) {
      return Optional.of("a form feed");
    }
    if (choice.value().isEmpty()) {
      return Optional.of("a choice without a value");
    }
    if (choice.value().length() > MAX_LENGTH || choice.label().length() > MAX_LENGTH) {
      return Optional.of("longer than " + MAX_LENGTH + " characters");
    }
    if ((choice.value() + choice.label()).chars().anyMatch(ChoicesReader::isControl)) {
      return Optional.of("a control character, or a second tab");
    }
    return values.add(choice.value())
        ? Optional.empty()
        : Optional.of("the same value a second time");
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
