package org.hitc.workflow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A text of a definition file with its references: {@code $name} refers, {@code $$} is a dollar.
 * There is nothing else in it: no expression, no default, no loop.
 *
 * @param parts literal texts and references, in order; no literal is empty
 */
public record Template(List<Part> parts) {

  /** A piece of a template. */
  public sealed interface Part {
    /** Text that stands for itself. */
    record Literal(String text) implements Part {
      public Literal {
        if (text.isEmpty()) {
          throw new IllegalArgumentException("an empty literal");
        }
      }
    }

    /** A reference. */
    record Refer(Reference to) implements Part {}
  }

  /** A dollar that is followed by neither a name nor a dollar. */
  public static final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int offset;

    TemplateException(int offset, String message) {
      super(message);
      this.offset = offset;
    }

    /** Zero-based offset of the dollar in the text. */
    public int offset() {
      return offset;
    }
  }

  public Template {
    parts = List.copyOf(parts);
  }

  /** Text that stands for itself, dollars included. */
  public static Template literal(String text) {
    return new Template(text.isEmpty() ? List.of() : List.of(new Part.Literal(text)));
  }

  /**
   * Reads a text as written in a definition file.
   *
   * @throws TemplateException when a dollar is followed by neither a name nor a dollar
   */
  public static Template parse(String text) throws TemplateException {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$') {
        literal.append(c);
        at++;
      } else if (text.startsWith("$$", at)) {
        literal.append('$');
        at += 2;
      } else {
        int end = endOfReference(text, at + 1);
        String name = text.substring(at + 1, end);
        if (!name.isEmpty() && name.length() <= Names.MAX_LENGTH) {
          flush(literal, parts);
          parts.add(new Part.Refer(new Reference(name)));
          at = end;
        } else {
          throw new TemplateException(
              at, "a dollar is followed by a name, as in $account, or by a second dollar");
        }
      }
    }
    flush(literal, parts);
    return new Template(parts);
  }

  /** Every reference, in order. */
  public List<Reference> references() {
    return parts.stream()
        .flatMap(p ->
            switch (p) {
              case Part.Literal _ -> java.util.stream.Stream.<Reference>empty();
              case Part.Refer refer -> java.util.stream.Stream.of(refer.to());
            })
        .toList();
  }

  /** The text with every reference replaced by its value. */
  public String render(Function<Reference, String> values) {
    return parts.stream()
        .map(p ->
            switch (p) {
              case Part.Literal literal -> literal.text();
              case Part.Refer refer -> values.apply(refer.to());
            })
        .collect(Collectors.joining());
  }

  /** As it is written in a definition file. */
  @Override
  public String toString() {
    return parts.stream()
        .map(p ->
            switch (p) {
              case Part.Literal literal -> literal.text().replace("$", "$$");
              case Part.Refer refer -> refer.to().toString();
            })
        .collect(Collectors.joining());
  }

  private static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private static int endOfReference(String text, int start) {
    int end = endOfName(text, start);
    if (end > start && end < text.length() && text.charAt(end) == '.') {
      int endOfSecond = endOfName(text, end + 1);
      return endOfSecond > end + 1 ? endOfSecond : end;
    }
    return end;
  }

  private static int endOfName(String text, int start) {
    int at = start;
    while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
      at++;
    }
    return at;
  }

  private static boolean isNamePart(char c, boolean first) {
    return (c >= 'a' && c <= 'z') || (!first && (c == '_' || (c >= '0' && c <= '9')));
  }
}
