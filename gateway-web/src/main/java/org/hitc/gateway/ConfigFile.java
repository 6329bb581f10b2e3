package org.hitc.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a {@code key = value} file, with their numbers. */
final class ConfigFile {

  private static final Pattern LINE = Pattern.compile("([a-z_]{1,32}) *= *(\\S|\\S.{0,1000}\\S) *");

  private record Line(int number, String value) {}

  private final String name;
  private final Map<String, Line> lines;
  private final List<String> problems;

  private ConfigFile(String name, Map<String, Line> lines, List<String> problems) {
    this.name = name;
    this.lines = lines;
    this.problems = List.copyOf(problems);
  }

  static ConfigFile parse(String name, String text) {
    Map<String, Line> lines = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        problems.add(name + ":" + number + ": is not of the form key = value");
      } else if (lines.putIfAbsent(matcher.group(1), new Line(number, matcher.group(2))) != null) {
        problems.add(name + ":" + number + ": " + matcher.group(1) + " stands there twice");
      }
    }
    return new ConfigFile(name, lines, problems);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(lines.get(key)).map(Line::value);
  }

  /** {@code file:line: } of a key, or {@code file: } when it is not there. */
  String place(String key) {
    return Optional.ofNullable(lines.get(key))
        .map(line -> name + ":" + line.number() + ": ")
        .orElse(name + ": ");
  }

  /** A problem for each key that is not one of these. */
  List<String> unknown(Set<String> known) {
    return lines.keySet().stream()
        .filter(key -> !known.contains(key))
        .map(key -> place(key) + key + ": unknown; known are " + String.join(", ", known))
        .toList();
  }

  List<String> problems() {
    return problems;
  }
}
