package org.hitc.gateway.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hitc.channel.Page;
import org.jspecify.annotations.Nullable;

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

  /** The identifiers of what stands beside it, for {@code aria-describedby}; absent for nothing. */
  public static Optional<String> described(Page.Field field) {
    List<String> ids = new ArrayList<>();
    field.hint().ifPresent(_ -> ids.add(id(field.name()) + "-hint"));
    if (field.control() instanceof Page.Control.Upload) {
      ids.add(id(field.name()) + "-file");
    }
    field.error().ifPresent(_ -> ids.add(id(field.name()) + "-error"));
    return Optional.of(String.join(" ", ids)).filter(joined -> !joined.isEmpty());
  }

  /** How the form is sent: files need {@code multipart/form-data}; null for the usual way. */
  public static @Nullable String encoding(Page.Form form) {
    boolean hasFile =
        form.fields().stream().anyMatch(f -> f.control() instanceof Page.Control.Upload);
    return hasFile ? "multipart/form-data" : null;
  }

  /** Value of {@code accept} of a file's control; null for any file. */
  public static @Nullable String accept(Page.Control.Upload upload) {
    return upload.kinds().isEmpty()
        ? null
        : upload.kinds().stream().map(kind -> "." + kind).collect(Collectors.joining(","));
  }

  /** The largest file in kilobytes of 1,000 bytes, rounded down so that the promise holds. */
  public static int kilobytes(Page.Control.Upload upload) {
    return Math.max(1, upload.maxBytes() / 1000);
  }

  /** True when the field stands as a group of controls under a legend. */
  public static boolean isGroup(Page.Field field) {
    return switch (field.control()) {
      case Page.Control.One(List<Page.Option> options) -> options.size() <= MOST_RADIOS;
      case Page.Control.Many _ -> true;
      case Page.Control.Line _,
          Page.Control.Lines _,
          Page.Control.Checkbox _,
          Page.Control.Upload _,
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
      case TEXT, DATE -> "text";
      case DIGITS -> "numeric";
      case DECIMAL -> "decimal";
      case EMAIL -> "email";
    };
  }

  /** Codes, numbers and addresses run left to right in every language; days do not in all. */
  public static String direction(Page.Keypad keypad) {
    return switch (keypad) {
      case TEXT, DATE -> "auto";
      case DIGITS, DECIMAL, EMAIL -> "ltr";
    };
  }

  /** Class of a width that tells how much is expected. */
  public static String width(int maxLength) {
    return maxLength <= 4 ? "w4" : maxLength <= 10 ? "w10" : maxLength <= 20 ? "w20" : "wide";
  }
}
