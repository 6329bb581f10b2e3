package org.hitc.i18n.check;

import com.ibm.icu.text.PluralRules;
import com.ibm.icu.text.PluralRules.PluralType;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hitc.i18n.Kind;
import org.hitc.i18n.Language;
import org.hitc.i18n.Message;
import org.hitc.i18n.Node;

/**
 * Makes up values for the arguments of messages in one language: numbers of every plural category,
 * the cases of every selection and something else, a day with a long name.
 */
final class SampleMaker {
  /** More combinations than these would take long and show nothing new. */
  private static final int MOST = 256;

  /** Stands for a text. */
  static final String TEXT = "Sample";

  private static final List<Object> TEXTS = List.of(TEXT);
  private static final List<Object> DATES = List.of(LocalDateTime.of(2026, 9, 23, 14, 35));

  private final List<Object> numbers;

  private SampleMaker(List<Object> numbers) {
    this.numbers = numbers;
  }

  static SampleMaker in(Language language) {
    ULocale locale = ULocale.forLanguageTag(language.tag());
    Set<Object> numbers = new LinkedHashSet<>(List.of(0, 1, 2, 1_234_567, new BigDecimal("1.5")));
    for (PluralType type : PluralType.values()) {
      PluralRules rules = PluralRules.forLocale(locale, type);
      for (String category : rules.getKeywords()) {
        Collection<Double> samples = rules.getSamples(category);
        if (samples != null && !samples.isEmpty()) {
          BigDecimal number = BigDecimal.valueOf(samples.iterator().next()).stripTrailingZeros();
          numbers.add(number.scale() <= 0 ? (Object) number.intValueExact() : number);
        }
      }
    }
    return new SampleMaker(List.copyOf(numbers));
  }

  /**
   * Sets of values.
   *
   * @param given what the arguments are
   * @param messages whose selections are to be met
   */
  List<Map<String, Object>> make(Map<String, Kind> given, List<Message> messages) {
    Map<String, List<Object>> values = new TreeMap<>();
    given.forEach((name, kind) -> values.put(name, values(name, kind, messages)));
    long all =
        values.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * b % (1 << 20));
    int most = values.values().stream().mapToInt(List::size).max().orElse(1);
    List<Map<String, Object>> sets = new ArrayList<>();
    for (int i = 0; i < (all <= MOST ? all : most); i++) {
      Map<String, Object> set = new TreeMap<>();
      int rest = i;
      for (Map.Entry<String, List<Object>> argument : values.entrySet()) {
        List<Object> choices = argument.getValue();
        set.put(argument.getKey(), choices.get(rest % choices.size()));
        // Too many to combine: then all go on together.
        rest = all <= MOST ? rest / choices.size() : rest;
      }
      sets.add(set);
    }
    return sets;
  }

  private List<Object> values(String name, Kind kind, List<Message> messages) {
    return switch (kind) {
      case NUMBER -> numbers;
      case DATE -> DATES;
      case TEXT, ANY -> {
        Set<Object> cases = new LinkedHashSet<>(TEXTS);
        messages.forEach(message ->
            Walk.nodes(message, Node.Select.class).stream()
                .filter(select -> select.name().equals(name))
                .forEach(select -> cases.addAll(select.cases().keySet())));
        yield List.copyOf(cases);
      }
    };
  }
}
