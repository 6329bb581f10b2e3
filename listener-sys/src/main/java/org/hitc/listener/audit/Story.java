package org.hitc.listener.audit;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Records in words for people at a terminal: whatever users and programs put into a record, what
 * comes out is one line of characters that are shown and steer nothing.
 */
public final class Story {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private final ZoneId zone;

  /**
   * @param zone of the times that are shown
   */
  public Story(ZoneId zone) {
    this.zone = zone;
  }

  /** One line, without its end. */
  public String line(AuditRecord record) {
    return TIME.format(record.at().atZone(zone)) + "  " + visible(words(record));
  }

  private static String words(AuditRecord r) {
    return switch (r.event()) {
      case "started" -> "listener of " + r.text("instance") + " started, " + r.text("version");
      case "stopped" -> "listener of " + r.text("instance") + " stopped";
      case "config-loaded" ->
          r.flag("accepted")
              ? r.text("file") + " is in force, SHA-256 " + r.text("file_sha256")
              : r.text("file") + " was refused; what was in force before stays";
      case "sign-in" ->
          r.text("user")
              + (r.flag("granted") ? " signed in" : " was not signed in")
              + " from "
              + r.text("source");
      case "sign-in-asked" ->
          r.text("user") + " from " + r.text("source") + " is asked for " + r.text("screen");
      case "administered" ->
          r.text("by")
              + " did "
              + r.text("what")
              + ": "
              + r.text("subject")
              + ", at "
              + r.text("done");
      case "sign-ins-asked-counted" ->
          r.number("count") + " more sign-ins went on with a further screen";
      case "sign-ins-counted" -> r.number("count") + " more sign-ins failed";
      case "session-ended" ->
          "session " + r.text("session") + " of " + r.text("user") + " ended: " + r.text("reason");
      case "revocation-owed" ->
          "the launcher could not be told of the end of "
              + r.text("subject")
              + ": "
              + r.text("why");
      case "revocation-told" -> "the launcher has been told of the end of " + r.text("subject");
      case "refused" ->
          who(r)
              + "was refused "
              + r.text("why")
              + (r.text("detail").isEmpty() ? "" : ": ")
              + r.text("detail");
      case "refusals-counted" -> r.number("count") + " more refusals " + r.text("why");
      case "garbage-counted" -> r.number("count") + " " + r.text("kind") + " were garbage";
      case "job-accepted" ->
          "job "
              + r.text("job")
              + ": "
              + r.text("user")
              + " (session "
              + r.text("session")
              + ") asked for step "
              + r.text("step")
              + " of "
              + r.text("workflow")
              + (r.flag("writes") ? ", which may change something" : ", which only reads")
              + chosen(r)
              + "; to run: "
              + programs(r);
      case "job-continued" -> "job " + r.text("job") + " goes on; to run: " + programs(r);
      case "job-joined" ->
          "job " + r.text("job") + " shares the programs of job " + r.text("joined");
      case "job-ended" -> "job " + r.text("job") + " ended: " + r.text("outcome");
      case "program-started" ->
          "job "
              + r.text("job")
              + ": "
              + r.text("program")
              + " started as "
              + r.text("as")
              + ", process "
              + r.number("pid");
      case "program-ended" ->
          "job "
              + r.text("job")
              + ": "
              + r.text("program")
              + " ended: "
              + r.text("ending")
              + ", "
              + r.number("output_bytes")
              + " bytes printed";
      case "program-paused" ->
          r.text("program")
              + " is paused: it failed too often, the last time for job "
              + r.text("job");
      case "program-resumed" -> r.text("program") + " works again, for job " + r.text("job");
      case "keys-in-force" ->
          "keys: "
              + r.text("change")
              + "; signs "
              + r.text("signs")
              + ", seals "
              + r.text("seals")
              + ", believes "
              + String.join(", ", r.texts("believes"));
      case "log-continued" -> "the log goes on here after " + r.text("part");
      case "records-lost" ->
          r.number("count") + " records were lost while the log could not be written";
      case "torn-record" ->
          r.number("bytes") + " bytes before this are no record: a crash or a full disk left them";
      default -> r.event() + " " + new TreeMap<>(r.fields());
    };
  }

  private static String who(AuditRecord r) {
    return r.text("user").isEmpty() ? "somebody " : r.text("user") + " ";
  }

  private static String chosen(AuditRecord r) {
    List<String> choices = r.texts("choices");
    return choices.isEmpty() ? "" : ", chosen: " + String.join(", ", choices);
  }

  private static String programs(AuditRecord r) {
    List<String> programs = r.texts("programs");
    List<String> digests = r.texts("argument_digests");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      all.add(programs.get(i) + (i < digests.size() ? " (arguments " + digests.get(i) + ")" : ""));
    }
    return String.join(", ", all);
  }

  /** Letters, digits and signs stay; what is invisible, or turns the direction, is written out. */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean harmless =
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
                case Character.SPACE_SEPARATOR -> c == ' ';
                default -> true;
              };
          if (harmless) {
            shown.appendCodePoint(c);
          } else {
            shown.append(String.format(Locale.ROOT, "\\u{%x}", c));
          }
        });
    return shown.toString();
  }
}
