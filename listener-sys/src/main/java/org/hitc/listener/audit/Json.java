package org.hitc.listener.audit;

import java.util.List;

/**
 * Writes one JSON object (RFC 8259) in printable ASCII: whatever is in a text, the line stays one
 * line and cannot steer a terminal.
 */
final class Json {
  /** More of a foreign text is not recorded; the cut is marked. */
  static final int MAX_TEXT = 512;

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(384).append('{');

  Json put(String name, String value) {
    name(name);
    text(value);
    return this;
  }

  Json put(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  Json put(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  Json put(String name, List<String> values) {
    name(name);
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      text(values.get(i));
    }
    out.append(']');
    return this;
  }

  /** The object without its closing brace, so that its own hash can follow. */
  String open() {
    return out.toString();
  }

  private void name(String name) {
    if (out.length() > 1) {
      out.append(',');
    }
    out.append('"').append(name).append("\":");
  }

  private void text(String value) {
    out.append('"');
    int end = Math.min(value.length(), MAX_TEXT);
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        out.append(c);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((c >> shift) & 0xf));
        }
      }
    }
    if (end < value.length()) {
      out.append("...(").append(value.length()).append(" characters)");
    }
    out.append('"');
  }
}
