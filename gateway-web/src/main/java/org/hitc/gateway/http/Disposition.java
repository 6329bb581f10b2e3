package org.hitc.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Headers of a downloaded file, safe whatever the name is (RFC 6266, RFC 8187). */
final class Disposition {

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z]+/[a-z0-9.+-]+(; ?charset=[A-Za-z0-9-]+)?");

  private static final String ATTR_CHARS = "!#$&+-.^_`|~";

  private Disposition() {}

  /** {@code attachment} with a plain name for old programs and the exact one beside it. */
  static String attachment(String name) {
    return "attachment; filename=\"" + plain(name) + "\"; filename*=UTF-8''" + encoded(name);
  }

  /** The media type, or {@code application/octet-stream} when it is not one we would name. */
  static String mediaType(String proposed) {
    return MEDIA_TYPE.matcher(proposed).matches() ? proposed : "application/octet-stream";
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    name.codePoints()
        .forEach(c -> plain.append(isAlphanumeric(c) || c == '.' || c == '-' ? (char) c : '_'));
    return plain.toString();
  }

  /** Any text as the value of a header: percent-encoded UTF-8 (RFC 8187, 3.2.1). */
  static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (isAlphanumeric(c) || ATTR_CHARS.indexOf(c) >= 0) {
        encoded.append((char) c);
      } else {
        encoded.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        encoded.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return encoded.toString();
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
