package org.hitc.i18n.input;

import com.ibm.icu.text.DecimalFormat;
import com.ibm.icu.text.DecimalFormatSymbols;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hitc.i18n.input.Reading.Reason;

/** How a language writes numbers: its digits, its decimal sign, and where it groups. Immutable. */
final class NumberForm {
  private static final int WHOLE_DIGITS = 30;
  private static final int DECIMALS = 20;

  /** A sign, digits with single separators between them: any that CLDR has in any language. */
  private static final Pattern SHAPE =
      Pattern.compile("(-?)([0-9]+(?:[., '\u066B\u066C\u2E41\u060C][0-9]+)*)");

  private static final Pattern BETWEEN = Pattern.compile("[^0-9]");

  /** What separates decimals and groups, in the language's own script or with ASCII digits. */
  private record Signs(String decimal, String group) {
    static Signs of(ULocale locale) {
      DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
      return new Signs(
          TypedCharacters.plain(symbols.getDecimalSeparatorString()),
          grouping(symbols.getGroupingSeparatorString()));
    }

    /** A blank is stripped otherwise. */
    private static String grouping(String separator) {
      String plain = TypedCharacters.plain(separator);
      return plain.isEmpty() ? " " : plain;
    }
  }

  private final int zero;
  private final String decimal;
  private final Set<Signs> signs;
  private final int primary;
  private final int secondary;

  private NumberForm(int zero, String decimal, Set<Signs> signs, int primary, int secondary) {
    this.zero = zero;
    this.decimal = decimal;
    this.signs = signs;
    this.primary = primary;
    this.secondary = secondary;
  }

  static NumberForm of(ULocale locale) {
    DecimalFormat format = (DecimalFormat) NumberFormat.getInstance(locale);
    int primary = format.isGroupingUsed() ? format.getGroupingSize() : 0;
    int secondary = format.getSecondaryGroupingSize();
    Signs own = Signs.of(locale);
    Signs ascii = Signs.of(locale.setKeywordValue("numbers", "latn"));
    return new NumberForm(
        format.getDecimalFormatSymbols().getDigitStrings()[0].codePointAt(0),
        own.decimal(),
        own.equals(ascii) ? Set.of(own) : Set.of(own, ascii),
        primary,
        secondary > 0 ? secondary : primary);
  }

  int zero() {
    return zero;
  }

  /** A number in this form, with the decimals it has and without groups. */
  String show(BigDecimal number) {
    StringBuilder out = new StringBuilder();
    number
        .toPlainString()
        .chars()
        .forEach(c -> {
          switch (c) {
            case '-' -> out.append(TypedCharacters.MINUS);
            case '.' -> out.append(decimal);
            default -> out.appendCodePoint(zero + c - '0');
          }
        });
    return out.toString();
  }

  /** Reads a text of {@link TypedCharacters#plain}. */
  Reading<BigDecimal> read(String plain) {
    Matcher shape = SHAPE.matcher(TypedCharacters.ascii(plain, zero).orElse(""));
    if (!shape.matches()) {
      return new Reading.Refused<>(Reason.NO_NUMBER);
    }
    String digits = shape.group(2);
    List<String> read =
        signs.stream().map(s -> number(digits, s)).flatMap(Optional::stream).distinct().toList();
    if (read.size() != 1) {
      return new Reading.Refused<>(Reason.SEPARATOR);
    }
    BigDecimal number = new BigDecimal(read.getFirst());
    if (number.precision() - number.scale() > WHOLE_DIGITS || number.scale() > DECIMALS) {
      return new Reading.Refused<>(Reason.TOO_LARGE);
    }
    return new Reading.Value<>(shape.group(1).isEmpty() ? number : number.negate());
  }

  /** The number in digits and a point, if its separators are these signs in their places. */
  private Optional<String> number(String digits, Signs signs) {
    int point = digits.lastIndexOf(signs.decimal());
    String whole = point < 0 ? digits : digits.substring(0, point);
    String decimals = point < 0 ? "" : digits.substring(point + signs.decimal().length());
    Matcher separator = BETWEEN.matcher(whole);
    if (BETWEEN.matcher(decimals).find()) {
      return Optional.empty();
    }
    String grouped = whole;
    if (separator.find()) {
      String group = separator.group();
      if (!(group.equals(signs.group()) || group.equals(" ")) || !wellGrouped(whole, group)) {
        return Optional.empty();
      }
      grouped = whole.replace(group, "");
    }
    return Optional.of(decimals.isEmpty() ? grouped : grouped + "." + decimals);
  }

  /** Groups of their sizes, counted from the decimal sign; the first is shorter but not 0. */
  private boolean wellGrouped(String whole, String group) {
    List<String> groups = new ArrayList<>(List.of(whole.split(Pattern.quote(group), -1)));
    if (groups.stream().anyMatch(g -> BETWEEN.matcher(g).find()) || whole.startsWith("0")) {
      return false;
    }
    int last = groups.size() - 1;
    for (int i = 0; i <= last; i++) {
      int size = i == last ? primary : secondary;
      int length = groups.get(i).length();
      if (i == 0 ? length > size : length != size) {
        return false;
      }
    }
    return true;
  }
}
