package org.hitc.listener.launcher;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one argument of a program may be. */
sealed interface Argument {

  /** Why this value is none; empty when it is one. The value is not repeated. */
  Optional<String> objection(String value);

  /** For the auditor, in a few words. */
  String describe();

  /** Exactly this. */
  record Literal(String text) implements Argument {
    @Override
    public Optional<String> objection(String value) {
      return value.equals(text) ? Optional.empty() : Optional.of("is not '" + text + "'");
    }

    @Override
    public String describe() {
      return text;
    }
  }

  /**
   * Any text.
   *
   * @param min fewest characters (Unicode code points)
   * @param max most characters
   * @param of which characters; empty: all that can be printed
   * @param dash whether it may begin with {@code -}, as an option of the program does
   */
  record Text(int min, int max, Optional<Characters> of, boolean dash) implements Argument {
    @Override
    public Optional<String> objection(String value) {
      int length = value.codePointCount(0, value.length());
      if (length < min || length > max) {
        return Optional.of("has " + length + " characters, not " + min + " to " + max);
      }
      if (!dash && value.startsWith("-")) {
        return Optional.of("begins with -");
      }
      boolean good =
          value
              .codePoints()
              .allMatch(c -> of.map(set -> set.contains(c)).orElseGet(() -> printable(c)));
      return good ? Optional.empty() : Optional.of("has a character that is not allowed");
    }

    /** Nothing that a terminal, a shell's line or a log would take for more than a character. */
    private static boolean printable(int codePoint) {
      return switch (Character.getType(codePoint)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.PRIVATE_USE,
            Character.UNASSIGNED,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            false;
        default -> true;
      };
    }

    @Override
    public String describe() {
      return "<text "
          + min
          + ".."
          + max
          + of.map(set -> " of " + set.written()).orElse("")
          + (dash ? " -" : "")
          + ">";
    }
  }

  /** A whole number, as short as it can be written. */
  record Whole(Yaml.Range range) implements Argument {
    private static final Pattern FORM = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    @Override
    public Optional<String> objection(String value) {
      return FORM.matcher(value).matches() && range.contains(Long.parseLong(value))
          ? Optional.empty()
          : Optional.of("is no number from " + range.from() + " to " + range.to());
    }

    @Override
    public String describe() {
      return "<number " + range + ">";
    }
  }

  /** One of these. */
  record Choice(List<String> texts) implements Argument {
    public Choice {
      texts = List.copyOf(texts);
    }

    @Override
    public Optional<String> objection(String value) {
      return texts.contains(value) ? Optional.empty() : Optional.of("is none of the choices");
    }

    @Override
    public String describe() {
      return "<" + String.join("|", texts) + ">";
    }
  }
}
