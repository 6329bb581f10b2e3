package org.hitc.listener.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.i18n.Language;
import org.hitc.i18n.input.LocalInput;
import org.hitc.i18n.input.LocalInputs;
import org.hitc.workflow.engine.Argument;
import org.hitc.workflow.engine.CanonicalForm;
import org.hitc.workflow.engine.View;

/**
 * What stands in the lines of a form as its reader types it, so that it means the same when it is
 * sent as it stands.
 *
 * @param inputs of all languages: of the reader's, and of those in which something was typed before
 * @param language of the page
 * @param today for examples
 */
public record Entries(LocalInputs inputs, Language language, LocalDate today) {
  private static final BigDecimal EXAMPLE = new BigDecimal("1234.5");

  /** Numbers, or days: how they are read and shown. */
  private interface Kind<T> {
    Optional<T> canonical(String text);

    Optional<T> read(LocalInput input, String text);

    String show(LocalInput input, T value);
  }

  private static final class Numbers implements Kind<BigDecimal> {
    @Override
    public Optional<BigDecimal> canonical(String text) {
      return CanonicalForm.number(text);
    }

    @Override
    public Optional<BigDecimal> read(LocalInput input, String text) {
      return input.number(text).taken();
    }

    @Override
    public String show(LocalInput input, BigDecimal value) {
      return input.show(value);
    }
  }

  private static final class Days implements Kind<LocalDate> {
    @Override
    public Optional<LocalDate> canonical(String text) {
      return CanonicalForm.date(text);
    }

    @Override
    public Optional<LocalDate> read(LocalInput input, String text) {
      return input.date(text).taken();
    }

    @Override
    public String show(LocalInput input, LocalDate value) {
      return input.show(value);
    }
  }

  /** What a field of a form shows. */
  List<String> of(View.Form form, View.FieldView field) {
    Optional<View.Keypad> keypad =
        field.control() instanceof View.Control.Line(_, var keys)
            ? Optional.of(keys)
            : Optional.empty();
    return switch (keypad.orElse(View.Keypad.TEXT)) {
      case DECIMAL -> shown(field.values(), form.typedIn(), new Numbers());
      case DATE -> shown(field.values(), form.typedIn(), new Days());
      case TEXT, DIGITS, EMAIL -> field.values();
    };
  }

  private <T> List<String> shown(List<String> values, Optional<String> typedIn, Kind<T> kind) {
    return typedIn.equals(Optional.of(language.tag()))
        ? values
        : values.stream().flatMap(text -> shown(text, typedIn, kind)).toList();
  }

  /**
   * A text that says nothing where it comes from stays as it is, to be corrected; unless it would
   * say something here, which nobody has meant.
   */
  private <T> Stream<String> shown(String text, Optional<String> typedIn, Kind<T> kind) {
    Optional<T> meant =
        typedIn.isEmpty()
            ? kind.canonical(text)
            : typedIn.flatMap(inputs::in).flatMap(input -> kind.read(input, text));
    return meant
        .map(value -> kind.show(own(), value))
        .or(() -> Optional.of(text).filter(t -> kind.read(own(), t).isEmpty()))
        .stream();
  }

  private LocalInput own() {
    return inputs.in(language);
  }

  /** A day as the reader types it. */
  String day(LocalDate day) {
    return own().show(day);
  }

  /** A day of today's kind, or the nearest that the bounds of a field leave. */
  String exampleDay(Map<String, Argument> bounds) {
    LocalDate example = today;
    if (bounds.get("max") instanceof Argument.Day(String max)) {
      example = earlier(example, LocalDate.parse(max));
    }
    if (bounds.get("min") instanceof Argument.Day(String min)) {
      example = later(example, LocalDate.parse(min));
    }
    return day(example);
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  /** A number with the decimals of a field, and inside of its bounds. */
  String exampleNumber(int decimals, Map<String, Argument> bounds) {
    BigDecimal example = EXAMPLE;
    if (bounds.get("max") instanceof Argument.Decimal(BigDecimal max)) {
      example = example.min(max);
    }
    if (bounds.get("min") instanceof Argument.Decimal(BigDecimal min)) {
      example = example.max(min);
    }
    return own().show(example.setScale(decimals, RoundingMode.DOWN));
  }
}
