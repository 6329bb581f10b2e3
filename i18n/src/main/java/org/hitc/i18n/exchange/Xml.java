package org.hitc.i18n.exchange;

import java.io.StringReader;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML without a document type: with one, a file could name other files and grow without end.
 * StAX is told so, and a document type is refused before it sees the file's body.
 */
final class Xml {
  private static final int DEEPEST = 64;

  private final XMLStreamReader reader;
  private int depth;

  private Xml(XMLStreamReader reader) {
    this.reader = reader;
  }

  static Xml open(String text) throws NotReadableException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("an entity that is not XML's own");
    });
    if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
      throw new NotReadableException(0, "has a document type; take it out");
    }
    try {
      return new Xml(factory.createXMLStreamReader(new StringReader(text)));
    } catch (XMLStreamException e) {
      throw new NotReadableException(0, "is no XML: " + e.getMessage());
    }
  }

  int line() {
    return reader.getLocation().getLineNumber();
  }

  /** Goes to the next element that begins or ends; false at the end of the file. */
  boolean next() throws NotReadableException {
    while (true) {
      switch (event()) {
        case XMLStreamConstants.START_ELEMENT -> {
          deeper();
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return true;
        }
        case XMLStreamConstants.END_DOCUMENT -> {
          return false;
        }
        default -> {
          // Blanks and comments between elements.
        }
      }
    }
  }

  private void deeper() throws NotReadableException {
    depth++;
    if (depth > DEEPEST) {
      throw new NotReadableException(line(), "is nested deeper than " + DEEPEST);
    }
  }

  private int event() throws NotReadableException {
    try {
      int event = reader.hasNext() ? reader.next() : XMLStreamConstants.END_DOCUMENT;
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new NotReadableException(line(), "has a document type or an entity; take it out");
      }
      return event;
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new NotReadableException(line, "is no XML: " + firstLine(e));
    }
  }

  private static String firstLine(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.lastIndexOf('\n') + 1);
  }

  boolean begins() {
    return reader.isStartElement();
  }

  /** The name of the element that begins or ends, if it is in this namespace, else nothing. */
  String name(String namespace) {
    return namespace.equals(reader.getNamespaceURI()) ? reader.getLocalName() : "";
  }

  Optional<String> attribute(String name) {
    return Optional.ofNullable(reader.getAttributeValue("", name));
  }

  /** The text of the element that has begun, and goes to its end. It has no elements in it. */
  String text(String inWhat) throws NotReadableException {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (event()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return text.toString();
        }
        case XMLStreamConstants.START_ELEMENT ->
            throw new NotReadableException(
                line(), "has an element in " + inWhat + "; placeholders are plain text here");
        default -> {
          // A comment.
        }
      }
    }
  }

  /** Goes to the end of the element that has begun. */
  void skip() throws NotReadableException {
    int inside = depth;
    while (depth >= inside) {
      next();
    }
  }

  /** As text between tags. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
