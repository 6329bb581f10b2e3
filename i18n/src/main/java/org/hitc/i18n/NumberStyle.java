package org.hitc.i18n;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.text.DecimalFormat;
import com.ibm.icu.text.DecimalFormatSymbols;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.ULocale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a number is written. */
public sealed interface NumberStyle {

  /** As it is, with at most three decimals. */
  record Plain() implements NumberStyle {}

  /** Rounded to a whole number. */
  record Whole() implements NumberStyle {}

  /** 0.25 as 25 %. */
  record Percent() implements NumberStyle {}

  /** With exactly this many decimals. */
  record Decimals(int count) implements NumberStyle {}

  /** By an ICU number skeleton, without the leading {@code ::}. */
  record Skeleton(String tokens) implements NumberStyle {}

  /** What may stand in a skeleton: nothing that takes a number or a name from the message. */
  Pattern TOKEN =
      Pattern.compile(
          "\\.0{0,9}#{0,9}|precision-integer|percent|group-(?:off|min2|auto)"
              + "|compact-(?:short|long)|sign-(?:auto|always|except-zero)");

  /** The style that a message names, if a message may use it. */
  static Optional<NumberStyle> named(String name) {
    return switch (name) {
      case "" -> Optional.of(new Plain());
      case "integer" -> Optional.of(new Whole());
      case "percent" -> Optional.of(new Percent());
      default -> name.startsWith("::") ? skeleton(name.substring(2).strip()) : Optional.empty();
    };
  }

  private static Optional<NumberStyle> skeleton(String tokens) {
    if (tokens.length() > 64) {
      return Optional.empty();
    }
    for (String token : tokens.split(" +", -1)) {
      if (!TOKEN.matcher(token).matches()) {
        return Optional.empty();
      }
    }
    try {
      NumberFormatter.forSkeleton(tokens);
    } catch (RuntimeException _) {
      // Tokens that are right one by one but contradict each other.
      return Optional.empty();
    }
    return Optional.of(new Skeleton(tokens));
  }

  /** An immutable formatter of this style. */
  default LocalizedNumberFormatter formatter(ULocale locale) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
    symbols.setMinusSignString(symbols.getMinusSignString().replace('-', '\u2212'));
    return switch (this) {
      case Plain() -> of(NumberFormat.getInstance(locale), symbols);
      case Whole() -> of(NumberFormat.getIntegerInstance(locale), symbols);
      case Percent() -> of(NumberFormat.getPercentInstance(locale), symbols);
      case Decimals(int count) -> {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMinimumFractionDigits(count);
        format.setMaximumFractionDigits(count);
        yield of(format, symbols);
      }
      case Skeleton(String tokens) ->
          NumberFormatter.forSkeleton(tokens).symbols(symbols).locale(locale);
    };
  }

  private static LocalizedNumberFormatter of(NumberFormat format, DecimalFormatSymbols symbols) {
    DecimalFormat decimal = (DecimalFormat) format;
    decimal.setDecimalFormatSymbols(symbols);
    return decimal.toNumberFormatter();
  }
}
