package org.hitc.i18n;

import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.text.MessagePattern.Part;
import com.ibm.icu.text.PluralRules.PluralType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Makes a {@link Message} of an ICU MessageFormat pattern. ICU reads the syntax; what is added here
 * are the bounds ICU lacks: named arguments of one kind each, no formats but those of {@link
 * NumberStyle} and {@link DateStyle}, {@link Limits}.
 */
final class MessageParser {
  /** The name of an argument. */
  static final String NAME = "[A-Za-z][A-Za-z0-9_]{0,79}";

  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
  private static final Set<String> CATEGORIES =
      Set.of("zero", "one", "two", "few", "many", "other");

  private static final String BEFORE = "{x,select,other{";

  /** With a blank, because an apostrophe at the end of the text would quote a brace. */
  private static final String AFTER = " }}";

  private final MessagePattern pattern;
  private final Map<String, Kind> arguments = new HashMap<>();
  private int placeholders;
  private int variants;

  private MessageParser(MessagePattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Parses a pattern.
   *
   * @throws MessageSyntaxException if it is not one, or asks for what a message may not do
   */
  static Message parse(String text) throws MessageSyntaxException {
    if (text.length() > Limits.PATTERN_CHARACTERS) {
      throw new MessageSyntaxException(
          Rule.L16, "longer than " + Limits.PATTERN_CHARACTERS + " characters");
    }
    if (text.indexOf('｛') >= 0 || text.indexOf('｝') >= 0) {
      throw new MessageSyntaxException(Rule.L08, "full-width braces; arguments stand in { and }");
    }
    MessageParser parser = new MessageParser(syntax(text));
    List<Node> nodes = parser.message(0, 0);
    return new Message(nodes, parser.arguments);
  }

  /** A pattern that says exactly this text. */
  static String quote(String text) {
    int first = 0;
    while (first < text.length() && "{}".indexOf(text.charAt(first)) < 0) {
      first++;
    }
    String plain = text.substring(0, first).replace("'", "''");
    // One quotation to the end: next to another one, an apostrophe would count for both.
    return first == text.length()
        ? plain
        : plain + "'" + text.substring(first).replace("'", "''") + "'";
  }

  private static MessagePattern syntax(String text) throws MessageSyntaxException {
    try {
      MessagePattern alone = new MessagePattern(text);
      if (!isWhole(text, alone)) {
        throw new MessageSyntaxException(Rule.L08, "a } without its {");
      }
      return alone;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw refused(text, String.valueOf(e.getMessage()));
    }
  }

  /** ICU takes a stray } of the outermost message for a letter. Inside another one it cannot. */
  private static boolean isWhole(String text, MessagePattern alone) {
    try {
      return sameParts(alone, new MessagePattern(BEFORE + text + AFTER));
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      return false;
    }
  }

  /** ICU tells its reasons in words only, and not in those of translators. */
  private static MessageSyntaxException refused(String text, String reason) {
    if (reason.startsWith("Missing 'other'")) {
      return new MessageSyntaxException(Rule.L07, "not a message pattern: " + reason);
    }
    if (text.contains("{{")) {
      return new MessageSyntaxException(Rule.L08, "two braces where one is meant: {name}");
    }
    boolean open =
        text.chars().filter(c -> c == '{').count() > text.chars().filter(c -> c == '}').count();
    return open
        ? new MessageSyntaxException(Rule.L08, "a { without its }")
        : new MessageSyntaxException(
            reason.startsWith("Unmatched '{'") ? Rule.L08 : Rule.L02,
            "not a message pattern: " + reason);
  }

  private static boolean sameParts(MessagePattern alone, MessagePattern enclosed) {
    int before = 4;
    return enclosed.countParts() >= before + alone.countParts()
        && IntStream.range(0, alone.countParts())
            .allMatch(i ->
                alone.getPartType(i) == enclosed.getPartType(before + i)
                    && (i == 0
                        || alone.getPatternIndex(i) + BEFORE.length() + blank(alone, i)
                            == enclosed.getPatternIndex(before + i)));
  }

  /** How far the blank moves a part: the end only. */
  private static int blank(MessagePattern alone, int part) {
    return part == alone.countParts() - 1 ? 1 : 0;
  }

  /** The message whose MSG_START is this part. */
  private List<Node> message(int start, int depth) throws MessageSyntaxException {
    List<Node> nodes = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int textFrom = pattern.getPart(start).getLimit();
    for (int at = start + 1; ; at++) {
      Part part = pattern.getPart(at);
      literal.append(pattern.getPatternString(), textFrom, part.getIndex());
      textFrom = part.getLimit();
      switch (part.getType()) {
        case REPLACE_NUMBER -> {
          flush(literal, nodes);
          nodes.add(new Node.Hash());
        }
        case ARG_START -> {
          flush(literal, nodes);
          nodes.add(argument(at, depth));
          at = pattern.getLimitPartIndex(at);
          textFrom = pattern.getPart(at).getLimit();
        }
        case MSG_LIMIT -> {
          flush(literal, nodes);
          return List.copyOf(nodes);
        }
        default -> {
          // An apostrophe that quotes: it is left out, and the text goes on behind it.
        }
      }
    }
  }

  private static void flush(StringBuilder literal, List<Node> nodes) {
    if (!literal.isEmpty()) {
      nodes.add(new Node.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private Node argument(int start, int depth) throws MessageSyntaxException {
    String name = pattern.getSubstring(pattern.getPart(start + 1));
    if (!NAME_PATTERN.matcher(name).matches()) {
      throw new MessageSyntaxException(
          Rule.L02, "{" + name + "}: an argument has a name of letters, digits and _");
    }
    placeholders++;
    if (placeholders > Limits.PLACEHOLDERS) {
      throw new MessageSyntaxException(
          Rule.L16, "more than " + Limits.PLACEHOLDERS + " placeholders");
    }
    ArgType type = pattern.getPart(start).getArgType();
    return switch (type) {
      case NONE -> {
        use(name, Kind.ANY);
        yield new Node.Argument(name);
      }
      case SIMPLE -> simple(name, start + 2);
      case PLURAL -> plural(name, PluralType.CARDINAL, start + 2, depth + 1);
      case SELECTORDINAL -> plural(name, PluralType.ORDINAL, start + 2, depth + 1);
      case SELECT -> select(name, start + 2, depth + 1);
      case CHOICE -> throw notAllowed(Rule.L02, name, "choice");
    };
  }

  private static MessageSyntaxException notAllowed(Rule rule, String name, String format) {
    return new MessageSyntaxException(rule, "{" + name + ", " + format + "} is not allowed");
  }

  /** Notes the use of an argument, which may not be a number here and a date there. */
  private void use(String name, Kind kind) throws MessageSyntaxException {
    Kind before = arguments.getOrDefault(name, Kind.ANY);
    if (!before.fits(kind)) {
      throw new MessageSyntaxException(Rule.L04, "{" + name + "} is used as two different things");
    }
    arguments.put(name, kind == Kind.ANY ? before : kind);
  }

  private Node simple(String name, int typePart) throws MessageSyntaxException {
    String type = pattern.getSubstring(pattern.getPart(typePart));
    Part next = pattern.getPart(typePart + 1);
    String style = next.getType() == Part.Type.ARG_STYLE ? pattern.getSubstring(next).strip() : "";
    String format = style.isEmpty() ? type : type + ", " + style;
    return switch (type) {
      case "number" -> {
        use(name, Kind.NUMBER);
        yield new Node.Numeric(
            name, NumberStyle.named(style).orElseThrow(() -> notAllowed(Rule.L05, name, format)));
      }
      case "date" -> {
        use(name, Kind.DATE);
        yield new Node.Dated(
            name, DateStyle.namedDate(style).orElseThrow(() -> notAllowed(Rule.L05, name, format)));
      }
      case "time" -> {
        use(name, Kind.DATE);
        yield new Node.Dated(
            name, DateStyle.namedTime(style).orElseThrow(() -> notAllowed(Rule.L05, name, format)));
      }
      default -> throw notAllowed(Rule.L02, name, format);
    };
  }

  private Node plural(String name, PluralType type, int first, int depth)
      throws MessageSyntaxException {
    use(name, Kind.NUMBER);
    BigDecimal offset = BigDecimal.ZERO;
    int at = first;
    if (pattern.getPartType(at).hasNumericValue()) {
      offset = number(pattern.getPart(at));
      at++;
    }
    List<Node.Exact> exact = new ArrayList<>();
    Map<String, List<Node>> categories = new LinkedHashMap<>();
    while (pattern.getPartType(at) != Part.Type.ARG_LIMIT) {
      String selector = pattern.getSubstring(pattern.getPart(at));
      at++;
      if (pattern.getPartType(at).hasNumericValue()) {
        BigDecimal number = number(pattern.getPart(at));
        at++;
        if (exact.stream().anyMatch(e -> e.number().compareTo(number) == 0)) {
          throw new MessageSyntaxException(Rule.L06, "{" + name + "} has " + selector + " twice");
        }
        exact.add(new Node.Exact(number, variant(at, depth)));
      } else if (!CATEGORIES.contains(selector)) {
        throw new MessageSyntaxException(
            Rule.L06, "{" + name + "}: no plural category \"" + selector + "\"");
      } else {
        put(categories, name, selector, variant(at, depth));
      }
      at = pattern.getLimitPartIndex(at) + 1;
    }
    return new Node.Plural(
        name,
        type,
        offset,
        shownAs(name, categories.getOrDefault("other", List.of())),
        exact,
        categories);
  }

  /** The form in which "other" first shows the number: 1.00 falls into another category than 1. */
  private static NumberStyle shownAs(String name, List<Node> other) {
    for (Node node : other) {
      switch (node) {
        case Node.Hash() -> {
          return new NumberStyle.Plain();
        }
        case Node.Argument(String shown) when shown.equals(name) -> {
          return new NumberStyle.Plain();
        }
        case Node.Numeric(String shown, NumberStyle style) when shown.equals(name) -> {
          return style;
        }
        default -> {
          // Shows something else.
        }
      }
    }
    return new NumberStyle.Plain();
  }

  private Node select(String name, int first, int depth) throws MessageSyntaxException {
    use(name, Kind.TEXT);
    Map<String, List<Node>> cases = new LinkedHashMap<>();
    int at = first;
    while (pattern.getPartType(at) != Part.Type.ARG_LIMIT) {
      String selector = pattern.getSubstring(pattern.getPart(at));
      put(cases, name, selector, variant(at + 1, depth));
      at = pattern.getLimitPartIndex(at + 1) + 1;
    }
    return new Node.Select(name, cases);
  }

  private static void put(
      Map<String, List<Node>> variants, String name, String selector, List<Node> message)
      throws MessageSyntaxException {
    if (selector.equals("other") && message.isEmpty()) {
      throw new MessageSyntaxException(Rule.L07, "{" + name + "}: \"other\" has no words");
    }
    if (variants.putIfAbsent(selector, message) != null) {
      throw new MessageSyntaxException(Rule.L06, "{" + name + "} has " + selector + " twice");
    }
  }

  private List<Node> variant(int start, int depth) throws MessageSyntaxException {
    variants++;
    if (variants > Limits.VARIANTS) {
      throw new MessageSyntaxException(Rule.L16, "more than " + Limits.VARIANTS + " variants");
    }
    if (depth > Limits.NESTING) {
      throw new MessageSyntaxException(Rule.L16, "nested deeper than " + Limits.NESTING);
    }
    return message(start, depth);
  }

  private BigDecimal number(Part part) throws MessageSyntaxException {
    double value = pattern.getNumericValue(part);
    if (!Double.isFinite(value) || Math.abs(value) >= Numbers.LIMIT.doubleValue()) {
      throw new MessageSyntaxException(Rule.L16, "a number that is too large");
    }
    return BigDecimal.valueOf(value);
  }
}
