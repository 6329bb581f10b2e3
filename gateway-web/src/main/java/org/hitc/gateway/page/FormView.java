package org.hitc.gateway.page;

import java.util.List;
import java.util.Optional;
import org.hitc.channel.Page;

/** How the fields of a form are laid out: identifiers, and which control suits how many choices. */
public final class FormView {

  /** Up to so many choices are shown at once as radio buttons; more of them as a list. */
  private static final int MOST_RADIOS = 7;

  private FormView() {}

  /** Name of a field in the submitted form. */
  public static String name(Page.Field field) {
    return "v." + field.name();
  }

  /** Identifier of the control that the error summary leads to. */
  public static String id(String field) {
    return "field-" + field;
  }

  /** Identifier of the n-th option of a field; the first carries the field's own. */
  public static String id(String field, int option) {
    return option == 0 ? id(field) : id(field) + "-" + option;
  }

  /** The identifiers of hint and error, for {@code aria-describedby}; absent when there is none. */
  public static Optional<String> described(Page.Field field) {
    String hint = field.hint().isPresent() ? id(field.name()) + "-hint" : "";
    String error = field.error().isPresent() ? id(field.name()) + "-error" : "";
    return Optional.of((hint + " " + error).strip()).filter(ids -> !ids.isEmpty());
  }

  /** True when the field stands as a group of controls under a legend. */
  public static boolean isGroup(Page.Field field) {
    return switch (field.control()) {
      case Page.Control.One(List<Page.Option> options) -> options.size() <= MOST_RADIOS;
      case Page.Control.Many _ -> true;
      case Page.Control.Line _,
          Page.Control.Lines _,
          Page.Control.Checkbox _,
          Page.Control.Secret _ ->
          false;
    };
  }

  /** The text a line shows. */
  public static String value(Page.Field field) {
    return field.values().isEmpty() ? "" : field.values().getFirst();
  }

  /** Whether an option is chosen. */
  public static boolean chosen(Page.Field field, Page.Option option) {
    return field.values().contains(option.handle());
  }

  /** Value of {@code inputmode} (HTML, 6.8.8). */
  public static String keypad(Page.Keypad keypad) {
    return switch (keypad) {
      case TEXT -> "text";
      case DIGITS -> "numeric";
      case DECIMAL -> "decimal";
      case EMAIL -> "email";
    };
  }

  /** Codes, numbers and addresses run left to right in every language. */
  public static String direction(Page.Keypad keypad) {
    return keypad == Page.Keypad.TEXT ? "auto" : "ltr";
  }

  /** Class of a width that tells how much is expected. */
  public static String width(int maxLength) {
    return maxLength <= 4 ? "w4" : maxLength <= 10 ? "w10" : maxLength <= 20 ? "w20" : "wide";
  }
}
