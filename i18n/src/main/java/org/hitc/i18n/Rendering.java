package org.hitc.i18n;

import com.ibm.icu.number.FormattedNumber;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns one message and its arguments into words, once. An argument that is missing or of another
 * kind shows as {@code {name}} and is listed; nothing is thrown.
 */
final class Rendering {
  private static final NumberStyle PLAIN = new NumberStyle.Plain();

  private final LocaleFormatters formatters;
  private final ZoneId zone;
  private final Map<String, ?> arguments;
  private final boolean isolating;
  private final StringBuilder out = new StringBuilder();
  private final List<String> unusable = new ArrayList<>();

  Rendering(LocaleFormatters formatters, ZoneId zone, Map<String, ?> arguments, boolean isolating) {
    this.formatters = formatters;
    this.zone = zone;
    this.arguments = arguments;
    this.isolating = isolating;
  }

  String render(Message message) {
    message(message.nodes(), "");
    return out.toString();
  }

  /** Names of the arguments that were missing or of another kind. */
  List<String> unusable() {
    return List.copyOf(unusable);
  }

  /**
   * Appends these parts.
   *
   * @param hash what {@code #} stands for
   */
  private void message(List<Node> nodes, String hash) {
    for (Node node : nodes) {
      switch (node) {
        case Node.Literal(String text) -> out.append(text);
        case Node.Argument(String name) -> value(name, argument(name).flatMap(this::usualForm));
        case Node.Numeric(String name, NumberStyle style) ->
            value(name, number(name).map(n -> formatters.number(style, n).toString()));
        case Node.Dated(String name, DateStyle style) ->
            value(name, moment(name, style).map(m -> formatters.date(style, m.local())));
        case Node.Hash() -> value(hash);
        case Node.Plural plural -> plural(plural);
        case Node.Select select -> select(select);
      }
    }
  }

  private void value(String name, Optional<String> form) {
    value(form.orElseGet(() -> marker(name)));
  }

  private void value(String form) {
    if (isolating && (formatters.rightToLeft() || !Bidi.isPlain(form))) {
      Bidi.isolate(form, out);
    } else {
      out.append(form);
    }
  }

  private String marker(String name) {
    unusable.add(name);
    return "{" + name + "}";
  }

  private Optional<Object> argument(String name) {
    return Optional.ofNullable(arguments.get(name));
  }

  private Optional<BigDecimal> number(String name) {
    return argument(name).flatMap(Numbers::of);
  }

  private Optional<Moment> moment(String name, DateStyle style) {
    return argument(name).flatMap(v -> Moment.of(v, zone)).filter(m -> m.has(style));
  }

  private Optional<String> usualForm(Object value) {
    if (value instanceof String text) {
      return Optional.of(text);
    }
    Optional<BigDecimal> number = Numbers.of(value);
    return number.isPresent()
        ? number.map(n -> formatters.number(PLAIN, n).toString())
        : Moment.of(value, zone).map(m -> formatters.date(m.usualStyle(), m.local()));
  }

  private void plural(Node.Plural plural) {
    Optional<BigDecimal> given = number(plural.name());
    if (given.isEmpty()) {
      message(other(plural.categories()), marker(plural.name()));
      return;
    }
    BigDecimal number = given.get();
    BigDecimal counted = number.subtract(plural.offset());
    FormattedNumber plain = formatters.number(PLAIN, counted);
    String hash = plain.toString();
    for (Node.Exact exact : plural.exact()) {
      if (exact.number().compareTo(number) == 0) {
        message(exact.message(), hash);
        return;
      }
    }
    String category =
        plural.shownAs().equals(PLAIN)
            ? formatters.category(plural.type(), plain)
            : formatters.category(plural.type(), plural.shownAs(), counted);
    message(plural.categories().getOrDefault(category, other(plural.categories())), hash);
  }

  private static List<Node> other(Map<String, List<Node>> variants) {
    return variants.getOrDefault("other", List.of());
  }

  private void select(Node.Select select) {
    List<Node> other = other(select.cases());
    if (argument(select.name()).orElse(null) instanceof String value) {
      message(select.cases().getOrDefault(value, other), "");
    } else {
      unusable.add(select.name());
      message(other, "");
    }
  }
}
