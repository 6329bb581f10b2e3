package org.hitc.i18n.exchange;

/** Writes PO as GNU gettext reads it. */
final class PoWriter {
  /** Words of the header, which the reader takes the languages from. */
  static final String SOURCE_LANGUAGE = "X-Source-Language: ";

  static final String LANGUAGE = "Language: ";

  private PoWriter() {}

  static String write(Exchange exchange) {
    StringBuilder out = new StringBuilder("msgid \"\"\nmsgstr \"\"\n");
    for (String line :
        new String[] {
          LANGUAGE + exchange.target(),
          SOURCE_LANGUAGE + exchange.source(),
          "MIME-Version: 1.0",
          "Content-Type: text/plain; charset=UTF-8",
          "Content-Transfer-Encoding: 8bit"
        }) {
      out.append(quoted(line + "\n")).append('\n');
    }
    exchange.units().forEach(unit -> unit(unit, out));
    return out.toString();
  }

  private static void unit(Unit unit, StringBuilder out) {
    out.append('\n');
    unit.notes().forEach(note -> out.append("#. ").append(note.replace('\n', ' ')).append('\n'));
    out.append("#, ")
        .append(unit.state() == Unit.State.STALE ? "fuzzy, " : "")
        .append("icu-message-format\n");
    unit.was().ifPresent(was -> out.append("#| msgid ").append(quoted(was)).append('\n'));
    out.append("msgctxt ").append(quoted(unit.key())).append('\n');
    out.append("msgid ").append(quoted(unit.source())).append('\n');
    out.append("msgstr ").append(quoted(unit.target().orElse(""))).append('\n');
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
