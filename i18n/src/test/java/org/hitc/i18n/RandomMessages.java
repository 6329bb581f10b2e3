package org.hitc.i18n;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Patterns that are right, of every kind a message may be, and values for them. */
final class RandomMessages {
  static final List<String> NUMBERS = List.of("n", "m");
  static final List<String> TEXTS = List.of("t", "u");
  static final List<String> DATES = List.of("d");

  private static final List<String> WORDS =
      List.of(
          "a", "Budget ", " of ", "it''s", " '{' ", " '}' ", "l'an", "#", " '#' ", "é", "日本", "مال",
          " ", "\n", " '{a}' ", "|", "😀", "100%");
  private static final List<String> NUMBER_STYLES =
      List.of(
          "",
          ", number",
          ", number, integer",
          ", number, percent",
          ", number, ::.00",
          ", number, ::compact-short",
          ", number, :: group-off .0#",
          ",number");
  private static final List<String> DATE_STYLES =
      List.of(
          ", date",
          ", date, short",
          ", date, medium",
          ", date, long",
          ", date, full",
          ", time",
          ", time, short",
          ", date, ::yMMMd",
          ", time, ::Hms",
          "",
          ", date, ::MMMMd");
  private static final List<String> CATEGORIES = List.of("zero", "one", "two", "few", "many");

  private final RandomGenerator random;
  private int variants;

  RandomMessages(RandomGenerator random) {
    this.random = random;
  }

  String pattern() {
    variants = 0;
    return message(0);
  }

  private String message(int depth) {
    StringBuilder out = new StringBuilder();
    int parts = random.nextInt(depth == 0 ? 6 : 3) + 1;
    for (int i = 0; i < parts; i++) {
      out.append(random.nextInt(3) == 0 ? any(WORDS) : argument(depth));
    }
    return out.toString();
  }

  private String argument(int depth) {
    int kind = random.nextInt(depth < Limits.NESTING && variants < 30 ? 7 : 4);
    return switch (kind) {
      case 0 -> any(WORDS);
      case 1 -> "{" + any(TEXTS) + "}";
      case 2 -> "{" + any(NUMBERS) + any(NUMBER_STYLES) + "}";
      case 3 -> "{ " + any(DATES) + any(DATE_STYLES) + " }";
      case 4 -> plural("plural", depth);
      case 5 -> plural("selectordinal", depth);
      default -> select(depth);
    };
  }

  private String plural(String type, int depth) {
    StringBuilder out = new StringBuilder("{" + any(NUMBERS) + ", " + type + ",");
    if (random.nextInt(3) == 0) {
      out.append(" offset:").append(random.nextInt(3));
    }
    if (random.nextInt(2) == 0) {
      out.append(" =").append(random.nextInt(4)).append(variant(depth));
    }
    for (String category : CATEGORIES) {
      if (random.nextInt(3) == 0) {
        out.append(' ').append(category).append(' ').append(variant(depth));
      }
    }
    return out.append(" other").append(variant(depth)).append('}').toString();
  }

  private String select(int depth) {
    StringBuilder out = new StringBuilder("{" + any(TEXTS) + ", select,");
    for (String value : List.of("open", "closed", "x")) {
      if (random.nextInt(2) == 0) {
        out.append(' ').append(value).append(variant(depth));
      }
    }
    return out.append(" other ").append(variant(depth)).append('}').toString();
  }

  private String variant(int depth) {
    variants++;
    return "{" + message(depth + 1) + "}";
  }

  Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    NUMBERS.forEach(n -> values.put(n, number()));
    TEXTS.forEach(
        t -> values.put(t, any(List.of("open", "closed", "x", "{n}", "<b>", "سلام", "-"))));
    DATES.forEach(d -> values.put(d, moment()));
    return values;
  }

  private Object number() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(4);
      case 1 -> random.nextInt(-5, 130);
      case 2 -> random.nextLong(-5_000_000_000L, 5_000_000_000L);
      case 3 -> BigDecimal.valueOf(random.nextInt(-300, 300), random.nextInt(4));
      default -> BigDecimal.valueOf(random.nextInt(4), random.nextInt(2));
    };
  }

  private LocalDateTime moment() {
    return LocalDate.of(1900, 1, 1)
        .plusDays(random.nextInt(80_000))
        .atStartOfDay()
        .plusSeconds(random.nextInt(86_400));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
