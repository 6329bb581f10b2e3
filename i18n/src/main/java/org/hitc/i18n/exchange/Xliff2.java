package org.hitc.i18n.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** XLIFF 2.0: a unit with one segment for each message, its id is the key. */
final class Xliff2 {
  private static final String NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0";
  private static final Set<String> DONE = Set.of("", "translated", "reviewed", "final");
  private static final String WAS = "was";

  private Xliff2() {}

  static String write(Exchange exchange) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append(
        "<xliff xmlns=\"%s\" version=\"2.0\" srcLang=\"%s\" trgLang=\"%s\">\n"
            .formatted(NAMESPACE, exchange.source(), exchange.target()));
    out.append("  <file id=\"messages\" canResegment=\"no\">\n");
    for (Unit unit : exchange.units()) {
      out.append("    <unit id=\"").append(unit.key()).append("\" xml:space=\"preserve\">\n");
      notes(unit, out);
      out.append("      <segment state=\"")
          .append(unit.state() == Unit.State.TRANSLATED ? "translated" : "initial")
          .append("\">\n");
      out.append("        <source>").append(Xml.escape(unit.source())).append("</source>\n");
      unit.target()
          .ifPresent(target ->
              out.append("        <target>").append(Xml.escape(target)).append("</target>\n"));
      out.append("      </segment>\n    </unit>\n");
    }
    return out.append("  </file>\n</xliff>\n").toString();
  }

  private static void notes(Unit unit, StringBuilder out) {
    if (unit.notes().isEmpty() && unit.was().isEmpty()) {
      return;
    }
    out.append("      <notes>\n");
    unit.notes()
        .forEach(note -> out.append("        <note>").append(Xml.escape(note)).append("</note>\n"));
    unit.was()
        .ifPresent(was ->
            out.append("        <note category=\"" + WAS + "\">")
                .append(Xml.escape(was))
                .append("</note>\n"));
    out.append("      </notes>\n");
  }

  static Exchange read(String text) throws NotReadableException {
    Xml xml = Xml.open(text);
    Intake intake = new Intake();
    String source = "";
    String target = "";
    while (xml.next()) {
      if (xml.begins()) {
        switch (xml.name(NAMESPACE)) {
          case "xliff" -> {
            source = xml.attribute("srcLang").orElse("");
            target = xml.attribute("trgLang").orElse("");
          }
          case "file", "group" -> {
            // What matters is inside.
          }
          case "unit" -> new UnitReader(xml, intake).read();
          default -> xml.skip();
        }
      }
    }
    return intake.done(source, target);
  }

  /** One unit as it is read. */
  private static final class UnitReader {
    private final Xml xml;
    private final Intake intake;
    private final int line;
    private final String key;
    private final List<String> notes = new ArrayList<>();
    private Optional<String> was = Optional.empty();
    private Optional<String> source = Optional.empty();
    private String target = "";
    private boolean done;

    UnitReader(Xml xml, Intake intake) {
      this.xml = xml;
      this.intake = intake;
      this.line = xml.line();
      this.key = xml.attribute("id").orElse("");
    }

    void read() throws NotReadableException {
      while (xml.next() && xml.begins()) {
        switch (xml.name(NAMESPACE)) {
          case "notes" -> notes();
          case "segment" -> segment();
          default -> xml.skip();
        }
      }
      if (source.isEmpty()) {
        throw new NotReadableException(line, key + " has no source");
      }
      intake.add(line, key, source.get(), target, done, was, notes);
    }

    private void notes() throws NotReadableException {
      while (xml.next() && xml.begins()) {
        boolean before = xml.attribute("category").filter(WAS::equals).isPresent();
        String note = xml.text("note");
        if (before) {
          was = Optional.of(note);
        } else {
          notes.add(note);
        }
      }
    }

    private void segment() throws NotReadableException {
      if (source.isPresent()) {
        throw new NotReadableException(xml.line(), key + " is split; a message is one segment");
      }
      done = DONE.contains(xml.attribute("state").orElse(""));
      while (xml.next() && xml.begins()) {
        switch (xml.name(NAMESPACE)) {
          case "source" -> source = Optional.of(xml.text("source"));
          case "target" -> target = xml.text("target");
          default -> xml.skip();
        }
      }
    }
  }
}
