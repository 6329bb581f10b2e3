package org.hitc.workflow.yaml;

import java.util.List;

/** A list. */
public record YamlList(Place place, List<YamlValue> items) implements YamlValue {
  public YamlList {
    items = List.copyOf(items);
  }
}
