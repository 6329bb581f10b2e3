package org.hitc.workflow.yaml;

/** What stands in a YAML file: text, a list, or a map. */
public sealed interface YamlValue permits YamlText, YamlList, YamlMap {
  /** Where it begins. */
  Place place();

  /** What it is, in words: {@code text}, {@code a list} or {@code keys with values}. */
  default String kind() {
    return switch (this) {
      case YamlText _ -> "text";
      case YamlList _ -> "a list";
      case YamlMap _ -> "keys with values";
    };
  }
}
