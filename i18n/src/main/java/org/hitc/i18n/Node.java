package org.hitc.i18n;

import com.ibm.icu.text.PluralRules.PluralType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A part of a parsed message. Immutable. */
public sealed interface Node {

  /** Words as they are. */
  record Literal(String text) implements Node {}

  /** {@code {name}}: a value as it is, or in its kind's usual form. */
  record Argument(String name) implements Node {}

  /** {@code {name, number, style}}. */
  record Numeric(String name, NumberStyle style) implements Node {}

  /** {@code {name, date, style}} or {@code {name, time, style}}. */
  record Dated(String name, DateStyle style) implements Node {}

  /** {@code #}: the number of the plural it stands in, less its offset. */
  record Hash() implements Node {}

  /**
   * {@code {name, plural, ...}} or {@code {name, selectordinal, ...}}.
   *
   * @param shownAs the number's form on which its category depends: 1 is "one", 1.0 is "other"
   * @param exact messages for {@code =n}, compared before the offset is taken off
   * @param categories messages by CLDR plural category, "other" among them
   */
  record Plural(
      String name,
      PluralType type,
      BigDecimal offset,
      NumberStyle shownAs,
      List<Exact> exact,
      Map<String, List<Node>> categories)
      implements Node {
    public Plural {
      exact = List.copyOf(exact);
      categories = Map.copyOf(categories);
    }
  }

  /** The message for exactly this number. */
  record Exact(BigDecimal number, List<Node> message) {}

  /** {@code {name, select, ...}}: messages by value, "other" among them. */
  record Select(String name, Map<String, List<Node>> cases) implements Node {
    public Select {
      cases = Map.copyOf(cases);
    }
  }
}
