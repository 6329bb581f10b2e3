package org.hitc.i18n.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** XLIFF 1.2: a trans-unit for each message, its id is the key. */
final class Xliff12 {
  private static final String NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2";
  private static final Set<String> DONE = Set.of("", "translated", "final", "signed-off");
  private static final String WAS = "was";

  private Xliff12() {}

  static String write(Exchange exchange) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append("<xliff xmlns=\"").append(NAMESPACE).append("\" version=\"1.2\">\n");
    out.append(
        "  <file original=\"messages\" datatype=\"plaintext\" source-language=\"%s\" target-language=\"%s\">\n"
            .formatted(exchange.source(), exchange.target()));
    out.append("    <body>\n");
    for (Unit unit : exchange.units()) {
      out.append("      <trans-unit id=\"")
          .append(unit.key())
          .append("\" xml:space=\"preserve\">\n");
      element(out, "source", "", unit.source());
      element(out, "target", " state=\"" + state(unit) + "\"", unit.target().orElse(""));
      unit.notes().forEach(note -> element(out, "note", "", note));
      unit.was().ifPresent(was -> element(out, "note", " from=\"" + WAS + "\"", was));
      out.append("      </trans-unit>\n");
    }
    return out.append("    </body>\n  </file>\n</xliff>\n").toString();
  }

  private static void element(StringBuilder out, String name, String attribute, String text) {
    out.append("        <").append(name).append(attribute).append('>');
    out.append(Xml.escape(text)).append("</").append(name).append(">\n");
  }

  private static String state(Unit unit) {
    return switch (unit.state()) {
      case MISSING -> "new";
      case STALE -> "needs-review-translation";
      case TRANSLATED -> "translated";
    };
  }

  static Exchange read(String text) throws NotReadableException {
    Xml xml = Xml.open(text);
    Intake intake = new Intake();
    String source = "";
    String target = "";
    while (xml.next()) {
      if (xml.begins()) {
        switch (xml.name(NAMESPACE)) {
          case "xliff", "body", "group" -> {
            // What matters is inside.
          }
          case "file" -> {
            String from = xml.attribute("source-language").orElse("");
            String into = xml.attribute("target-language").orElse("");
            if (!source.isEmpty() && !(source.equals(from) && target.equals(into))) {
              throw new NotReadableException(xml.line(), "is in more than one language");
            }
            source = from;
            target = into;
          }
          case "trans-unit" -> unit(xml, intake);
          default -> xml.skip();
        }
      }
    }
    return intake.done(source, target);
  }

  private static void unit(Xml xml, Intake intake) throws NotReadableException {
    int line = xml.line();
    String key = xml.attribute("id").orElse("");
    Optional<String> source = Optional.empty();
    String target = "";
    boolean done = true;
    Optional<String> was = Optional.empty();
    List<String> notes = new ArrayList<>();
    while (xml.next() && xml.begins()) {
      switch (xml.name(NAMESPACE)) {
        case "source" -> source = Optional.of(xml.text("source"));
        case "target" -> {
          done = DONE.contains(xml.attribute("state").orElse(""));
          target = xml.text("target");
        }
        case "note" -> {
          boolean before = xml.attribute("from").filter(WAS::equals).isPresent();
          String note = xml.text("note");
          if (before) {
            was = Optional.of(note);
          } else {
            notes.add(note);
          }
        }
        default -> xml.skip();
      }
    }
    if (source.isEmpty()) {
      throw new NotReadableException(line, key + " has no source");
    }
    intake.add(line, key, source.get(), target, done, was, notes);
  }
}
