package org.hitc.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;

/**
 * The one cookie: {@code __Host-hitc}, which holds the session token (RFC 6265bis). The {@code
 * __Host-} prefix makes browsers refuse it from a sibling host or without {@code Secure}; they take
 * {@code Secure} cookies on {@code http://localhost} too.
 */
final class SessionCookie {

  static final String NAME = "__Host-hitc";

  /** Longer tokens are nobody's; refused before anything parses them. */
  static final int MAX_TOKEN = 4096;

  private static final String ATTRIBUTES = "; Secure; HttpOnly; Path=/; SameSite=Lax";

  private SessionCookie() {}

  /** What a browser sent. */
  sealed interface Sent {
    /** No cookie of ours, or an emptied one. */
    record Nothing() implements Sent {}

    /** A token, not yet looked at. */
    record Token(String value) implements Sent {}

    /** Not usable. */
    record Refused(Refusal why) implements Sent {}
  }

  /**
   * Reads the {@code Cookie} fields of a request.
   *
   * @param fields raw values of all {@code Cookie} fields (HTTP/2 may send several)
   * @return refused with {@link Refusal#WEB_COOKIE} when our name stands there twice, with {@link
   *     Refusal#SESS_FORMAT} when the token is too long
   */
  static Sent read(List<String> fields) {
    List<String> values = new ArrayList<>();
    for (String field : fields) {
      for (String pair : field.split(";", -1)) {
        value(pair).ifPresent(values::add);
      }
    }
    if (values.size() > 1) {
      return new Sent.Refused(Refusal.WEB_COOKIE);
    }
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      return new Sent.Nothing();
    }
    String token = values.getFirst();
    return token.length() > MAX_TOKEN
        ? new Sent.Refused(Refusal.SESS_FORMAT)
        : new Sent.Token(token);
  }

  /** The {@code Set-Cookie} value that keeps a token for as long as the browser runs. */
  static String keep(String token) {
    return NAME + "=" + token + ATTRIBUTES;
  }

  /** The {@code Set-Cookie} value that forgets it. */
  static String forget() {
    return NAME + "=" + ATTRIBUTES + "; Max-Age=0";
  }

  private static Optional<String> value(String pair) {
    String trimmed = pair.strip();
    return trimmed.startsWith(NAME + "=")
        ? Optional.of(trimmed.substring(NAME.length() + 1))
        : Optional.empty();
  }
}
