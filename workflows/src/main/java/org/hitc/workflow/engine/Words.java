package org.hitc.workflow.engine;

import java.util.Map;

/**
 * Words of a definition, in its own language, ready to be looked up in another.
 *
 * @param key key in the workflow's bundle, such as {@code budget.title}
 * @param text the definition's own words with the values filled in: what is shown when the bundle
 *     has no such key
 * @param arguments the values by name ({@link org.hitc.workflow.model.Reference#argument}), for the
 *     translation
 */
public record Words(String key, String text, Map<String, String> arguments) {
  public Words {
    arguments = Map.copyOf(arguments);
  }
}
