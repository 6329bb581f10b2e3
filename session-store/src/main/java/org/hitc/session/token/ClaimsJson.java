package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The one text of each {@link Claims}: a flat JSON object (RFC 8259) with these members in this
 * order, no white space, times as ISO 8601 (as PASETO's registered claims), at most 1,024 bytes of
 * UTF-8. Anything else is not claims: no unknown, missing, doubled or moved member, no other
 * spelling of a value.
 */
public final class ClaimsJson {
  /** Longest text, in bytes. */
  public static final int MAX_BYTES = 1024;

  private static final String TYPE = "session";

  private ClaimsJson() {}

  /**
   * The text of these claims.
   *
   * @throws IllegalArgumentException when the text would be longer than {@link #MAX_BYTES}
   */
  public static byte[] write(Claims claims) {
    StringBuilder out = new StringBuilder(512);
    text(out.append('{'), "iid", claims.instance());
    text(out.append(','), "typ", TYPE);
    text(out.append(','), "sid", claims.sessionId());
    text(out.append(','), "sub", claims.subject());
    time(out, ",\"auth\":\"", claims.authenticatedAt());
    text(out.append(','), "amr", claims.method());
    time(out, ",\"iat\":\"", claims.issuedAt());
    time(out, ",\"exp\":\"", claims.expiresAt());
    time(out, ",\"abs\":\"", claims.absoluteEnd());
    out.append(",\"seq\":").append(claims.sequence());
    out.append(",\"ep\":").append(claims.epoch()).append('}');
    byte[] bytes = out.toString().getBytes(UTF_8);
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("claims are longer than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }

  /** The claims of which this is the text; empty when it is not such a text. */
  public static Optional<Claims> read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      // What is no UTF-8 does not come out again as it went in, either.
      Claims claims = new Reader(new String(bytes, UTF_8)).claims();
      // One rule instead of many: what does not come out again as it went in was not canonical.
      return Arrays.equals(write(claims), bytes) ? Optional.of(claims) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException _) {
      return Optional.empty();
    }
  }

  private static void time(StringBuilder out, String member, Instant time) {
    Seconds.append(out.append(member), time).append('"');
  }

  private static void text(StringBuilder out, String name, String value) {
    out.append('"').append(name).append("\":\"");
    if (value.indexOf('"') < 0 && value.indexOf('\\') < 0) {
      out.append(value).append('"');
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  /** Reads members in their one order; says no by {@link IllegalArgumentException}. */
  private static final class Reader {
    private final String json;
    private int at;

    Reader(String json) {
      this.json = json;
    }

    Claims claims() {
      String instance = text("{\"iid\":");
      if (!text(",\"typ\":").equals(TYPE)) {
        throw new IllegalArgumentException("not a session's token");
      }
      Claims claims =
          new Claims(
              instance,
              text(",\"sid\":"),
              text(",\"sub\":"),
              time(",\"auth\":"),
              text(",\"amr\":"),
              time(",\"iat\":"),
              time(",\"exp\":"),
              time(",\"abs\":"),
              number(",\"seq\":"),
              number(",\"ep\":"));
      expect("}");
      if (at != json.length()) {
        throw new IllegalArgumentException("something follows the object");
      }
      return claims;
    }

    private Instant time(String member) {
      return Seconds.parse(text(member));
    }

    private long number(String member) {
      expect(member);
      int start = at;
      while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
        at++;
      }
      return Long.parseLong(json, start, at, 10);
    }

    private String text(String member) {
      expect(member);
      expect("\"");
      int end = json.indexOf('"', at);
      int escape = json.indexOf('\\', at);
      if (end >= 0 && (escape < 0 || escape > end)) {
        String value = json.substring(at, end);
        at = end + 1;
        return value;
      }
      StringBuilder value = new StringBuilder();
      char c = next();
      while (c != '"') {
        value.append(c == '\\' ? next() : c);
        c = next();
      }
      return value.toString();
    }

    private char next() {
      if (at == json.length()) {
        throw new IllegalArgumentException("the object does not end");
      }
      return json.charAt(at++);
    }

    private void expect(String literal) {
      if (!json.startsWith(literal, at)) {
        throw new IllegalArgumentException("expected " + literal);
      }
      at += literal.length();
    }
  }
}
