package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;

/**
 * The name of one field as it stands in a request file.
 *
 * @param name the name without {@code []}
 * @param list whether {@code []} follows it: then it may repeat
 */
record FieldName(String name, boolean list) {
  private static final int MAX_LENGTH = 64;
  private static final String LIST = "[]";
  private static final String FORM_VALUE = "v.";
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9_.-]*");

  /** The name of the form value {@code field}. */
  static FieldName ofFormValue(String field, boolean list) throws Malformed {
    return new FieldName(checked(FORM_VALUE + field), list);
  }

  static FieldName decode(byte[] bytes) throws Malformed {
    if (bytes.length > MAX_LENGTH + LIST.length()) {
      throw Malformed.syntax("a field's name is longer than " + MAX_LENGTH);
    }
    // US_ASCII turns every other byte into a character that no name may hold.
    String wire = new String(bytes, US_ASCII);
    boolean list = wire.endsWith(LIST);
    String name = checked(list ? wire.substring(0, wire.length() - LIST.length()) : wire);
    if (list && !isFormValue(name)) {
      throw Malformed.syntax("field " + name + " is not a list");
    }
    return new FieldName(name, list);
  }

  byte[] encode() {
    return (list ? name + LIST : name).getBytes(US_ASCII);
  }

  /** Whether this name (without {@code []}) is that of a form value. */
  static boolean isFormValue(String name) {
    return name.startsWith(FORM_VALUE);
  }

  /** The form's own name for the form value of this name. */
  static String formField(String name) {
    return name.substring(FORM_VALUE.length());
  }

  private static String checked(String name) throws Malformed {
    if (name.length() > MAX_LENGTH || name.equals(FORM_VALUE) || !SHAPE.matcher(name).matches()) {
      throw Malformed.syntax("a field's name is not [a-z][a-z0-9_.-]{0,63}");
    }
    return name;
  }
}
