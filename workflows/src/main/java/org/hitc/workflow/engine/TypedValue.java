package org.hitc.workflow.engine;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.Reading;

/**
 * Checks one typed value against its field's type and gives the form that programs get.
 *
 * <p>A number without bounds has at most 9 digits, which a 32-bit integer holds; an amount at most
 * 15 digits in its smallest unit, which a double holds.
 */
final class TypedValue {
  static final int MAX_EMAIL = 254;
  private static final BigDecimal MAX_NUMBER = new BigDecimal("999999999");
  private static final BigDecimal MAX_UNITS = new BigDecimal("999999999999999");

  /** The pattern of HTML's {@code input type=email}, with at least one dot in the domain. */
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  /** What became of a value. */
  sealed interface Result {
    record Good(String value) implements Result {}

    record Bad(Fault fault) implements Result {}
  }

  private TypedValue() {}

  /**
   * Checks a value.
   *
   * @param typed in normal form C, without forbidden characters but line feeds of a text area, not
   *     empty
   */
  static Result check(FieldType type, String typed, InputReader input) {
    return switch (type) {
      case FieldType.Pic(var picture) -> picture(picture, typed);
      case FieldType.Text(int maxLength, int maxBytes) -> text(typed, maxLength, maxBytes);
      case FieldType.Password(int maxLength, int maxBytes) -> text(typed, maxLength, maxBytes);
      case FieldType.WholeNumber(var min, var max) ->
          number(typed, 0, min.orElse(MAX_NUMBER.negate()), max.orElse(MAX_NUMBER), input);
      case FieldType.Amount(int decimals, var min, var max) -> {
        BigDecimal most = MAX_UNITS.movePointLeft(decimals);
        yield number(typed, decimals, min.orElse(most.negate()), max.orElse(most), input);
      }
      case FieldType.Date(var min, var max) -> date(typed, min, max, input);
      case FieldType.Email() -> email(typed);
      case FieldType.Checkbox() ->
          typed.equals("yes") ? new Result.Good("yes") : format(Map.of("expected", word("yes")));
      case FieldType.TextArea(int maxLength, int maxBytes, _) -> text(typed, maxLength, maxBytes);
      case FieldType.Choice _, FieldType.Many _, FieldType.File _ ->
          throw new IllegalArgumentException("not typed: " + type);
    };
  }

  /** Longest value that can be right, in characters; 0 when nothing is typed. */
  static int maxLength(FieldType type) {
    return switch (type) {
      case FieldType.Pic(var picture) -> picture.width();
      case FieldType.Text(int maxLength, _) -> maxLength;
      case FieldType.Password(int maxLength, _) -> maxLength;
      case FieldType.WholeNumber _, FieldType.Amount _, FieldType.Date _ -> InputReader.MAX_LENGTH;
      case FieldType.Email() -> MAX_EMAIL;
      case FieldType.TextArea(int maxLength, _, _) -> maxLength;
      case FieldType.Choice _, FieldType.Many _, FieldType.Checkbox _, FieldType.File _ -> 0;
    };
  }

  private static Result picture(Picture picture, String typed) {
    boolean code = picture.kind() == Picture.Kind.CODE;
    String value = code ? withoutBlanks(typed) : typed;
    int width = picture.width();
    Optional<Fault> tooLong = Rules.length(value, width, width);
    if (tooLong.isPresent()) {
      return new Result.Bad(tooLong.get());
    }
    if (picture.isFreeText()) {
      return new Result.Good(value);
    }
    String field = value + " ".repeat(width - value.length());
    return switch (picture.read(field)) {
      case Reading.Wrong _ ->
          code
              ? format(Map.of("expected", word("digits"), "count", new Argument.Count(width)))
              : format(Map.of("expected", word("picture"), "picture", word(picture.toString())));
      case Reading.Text(String text) -> new Result.Good(text);
      case Reading.Numeric _ -> throw new IllegalArgumentException("a field has no " + picture);
    };
  }

  private static String withoutBlanks(String typed) {
    return typed
        .codePoints()
        .filter(c -> !Character.isSpaceChar(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Result text(String typed, int maxLength, int maxBytes) {
    return Rules.length(typed, maxLength, maxBytes)
        .<Result>map(Result.Bad::new)
        .orElseGet(() -> new Result.Good(typed));
  }

  private static Result number(
      String typed, int decimals, BigDecimal min, BigDecimal max, InputReader input) {
    Argument least = new Argument.Decimal(min);
    Argument most = new Argument.Decimal(max);
    Fault range = new Fault(Refusal.ARG_RANGE, Map.of("min", least, "max", most));
    if (typed.length() > InputReader.MAX_LENGTH) {
      return new Result.Bad(range);
    }
    Optional<BigDecimal> number = input.number(typed);
    if (number.isEmpty() || number.get().stripTrailingZeros().scale() > decimals) {
      return format(
          Map.of(
              "expected",
              word("number"),
              "decimals",
              new Argument.Count(decimals),
              "min",
              least,
              "max",
              most));
    }
    if (number.get().compareTo(min) < 0 || number.get().compareTo(max) > 0) {
      return new Result.Bad(range);
    }
    return new Result.Good(number.get().setScale(decimals).toPlainString());
  }

  private static Result date(
      String typed, Optional<LocalDate> min, Optional<LocalDate> max, InputReader input) {
    return switch (input.date(typed)) {
      case InputReader.ReadDate.NoDay(var reason) -> noDate(word(reason), min, max);
      case InputReader.ReadDate.Day(LocalDate day) ->
          min.filter(day::isBefore).or(() -> max.filter(day::isAfter)).isPresent()
              ? noDate("range", min, max)
              : new Result.Good(day.toString());
    };
  }

  private static String word(InputReader.NoDayReason reason) {
    return switch (reason) {
      case FORM -> "form";
      case YEAR -> "year";
      case CALENDAR -> "calendar";
      case NO_SUCH_DAY -> "day";
    };
  }

  private static Result noDate(String reason, Optional<LocalDate> min, Optional<LocalDate> max) {
    Map<String, Argument> arguments = new HashMap<>();
    arguments.put("reason", word(reason));
    min.ifPresent(d -> arguments.put("min", new Argument.Day(d.toString())));
    max.ifPresent(d -> arguments.put("max", new Argument.Day(d.toString())));
    return new Result.Bad(new Fault(Refusal.ARG_DATE, arguments));
  }

  private static Result email(String typed) {
    Optional<Fault> tooLong = Rules.length(typed, MAX_EMAIL, MAX_EMAIL);
    if (tooLong.isPresent()) {
      return new Result.Bad(tooLong.get());
    }
    return EMAIL.matches(typed)
        ? new Result.Good(typed)
        : format(Map.of("expected", word("email")));
  }

  private static Result format(Map<String, Argument> arguments) {
    return new Result.Bad(new Fault(Refusal.ARG_FORMAT, arguments));
  }

  private static Argument word(String value) {
    return new Argument.Word(value);
  }
}
