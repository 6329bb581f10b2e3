package org.hitc.workflow.yaml;

/**
 * A scalar: always text, whatever it looks like.
 *
 * @param value what was typed: {@code 001234}, {@code no} and {@code 06} stay as they are
 */
public record YamlText(Place place, String value) implements YamlValue {}
