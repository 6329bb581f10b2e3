package org.hitc.listener.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import org.hitc.workflow.yaml.Problem;

/** A configuration is refused ({@code E-CONFIG}): all that is wrong, at once. */
public final class ConfigException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param unsafe what is wrong with the file itself, before it was read
   */
  static ConfigException unsafe(List<String> unsafe) {
    return new ConfigException(String.join("\n", unsafe));
  }

  static ConfigException wrong(List<Problem> problems) {
    return new ConfigException(
        problems.stream().map(Problem::format).collect(Collectors.joining()));
  }

  private ConfigException(String message) {
    super(message);
  }
}
