package org.hitc.listener.config;

import java.io.Serial;
import java.util.List;
import org.hitc.workflow.yaml.Problem;

/** A configuration is refused ({@code E-CONFIG}): all that is wrong, at once. */
public final class ConfigException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param unsafe what is wrong with the file itself, before it was read
   */
  static ConfigException unsafe(List<String> unsafe) {
    return new ConfigException(unsafe);
  }

  static ConfigException wrong(List<Problem> problems) {
    return new ConfigException(
        problems.stream().map(Problem::format).map(String::stripTrailing).toList());
  }

  private ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, one by one, in words. */
  public List<String> problems() {
    return problems;
  }
}
