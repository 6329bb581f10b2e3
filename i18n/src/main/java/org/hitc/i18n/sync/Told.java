package org.hitc.i18n.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hitc.i18n.Kind;
import org.hitc.i18n.Metadata;

/** What translators are told of a source message, in words. */
final class Told {
  private static final String DESCRIPTION = "description ";

  private Told() {}

  static List<String> lines(Metadata metadata) {
    List<String> lines = new ArrayList<>();
    String about = metadata.description();
    if (!about.isBlank()) {
      lines.add(about.startsWith(DESCRIPTION) ? about.substring(DESCRIPTION.length()) : about);
    }
    metadata.screen().filter(s -> !s.isBlank()).ifPresent(s -> lines.add("Screen: " + s));
    Map<String, Kind> arguments = new TreeMap<>(metadata.arguments().orElse(Map.of()));
    arguments.forEach((name, kind) -> lines.add("{" + name + "} is " + kind(kind)));
    metadata.max().ifPresent(max -> lines.add("No longer than " + max + " characters"));
    if (metadata.critical()) {
      lines.add("Take special care: a wrong translation could make somebody do harm");
    }
    return lines;
  }

  private static String kind(Kind kind) {
    return switch (kind) {
      case ANY -> "a value";
      case TEXT -> "a text";
      case NUMBER -> "a number";
      case DATE -> "a date";
    };
  }
}
