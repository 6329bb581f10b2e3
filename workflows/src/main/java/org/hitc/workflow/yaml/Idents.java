package org.hitc.workflow.yaml;

/** The kinds of problems that every YAML file can have. */
public final class Idents {
  /** Not YAML. */
  public static final String YAML_SYNTAX = "YAML_SYNTAX";

  /** A tab in the indentation. */
  public static final String YAML_TAB = "YAML_TAB";

  /** A text with commas in {@code { }} and without quotes. */
  public static final String TEXT_QUOTES = "TEXT_QUOTES";

  /** A picture with commas in {@code { }} and without quotes. */
  public static final String PIC_QUOTES = "PIC_QUOTES";

  /** Not UTF-8, or control characters. */
  public static final String YAML_ENCODING = "YAML_ENCODING";

  /** Too large or nested too deep. */
  public static final String YAML_SIZE = "YAML_SIZE";

  /** Anchors, aliases and tags: one text for one meaning. */
  public static final String YAML_ANCHOR = "YAML_ANCHOR";

  /** A key that means nothing here. */
  public static final String KEY_UNKNOWN = "KEY_UNKNOWN";

  /** A key that means something elsewhere. */
  public static final String KEY_MISPLACED = "KEY_MISPLACED";

  /** The same key twice. */
  public static final String KEY_TWICE = "KEY_TWICE";

  /** A key that must be here. */
  public static final String KEY_MISSING = "KEY_MISSING";

  /** Text where a list is wanted, and the like. */
  public static final String VALUE_KIND = "VALUE_KIND";

  /** Text that cannot be read as what is wanted. */
  public static final String VALUE_FORM = "VALUE_FORM";

  private Idents() {}
}
