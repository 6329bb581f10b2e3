package org.hitc.listener.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.listener.page.Fixture.report;
import static org.hitc.listener.page.Fixture.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A report as a workbook reads it. */
class XlsxFileTest {
  @TempDir private Path folder;

  /** The parts of a package, as whoever opens the file finds them: by its directory. */
  private Map<String, Document> parts(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("report.xlsx"), bytes);
    Map<String, Document> parts = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(
            entry.getName(),
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(zip.getInputStream(entry)));
      }
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError(e);
    }
    return parts;
  }

  private static Element root(Map<String, Document> parts, String name) {
    return Optional.ofNullable(parts.get(name)).orElseThrow().getDocumentElement();
  }

  private static List<Element> elements(Element in, String name) {
    NodeList found = in.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** Every cell by its place: {@code n 1.5} for a number, {@code s a} for a text. */
  private Map<String, String> cells(byte[] file) throws IOException {
    Map<String, Document> parts = parts(file);
    List<Element> strings = elements(root(parts, "xl/sharedStrings.xml"), "si");
    Element sheet = root(parts, "xl/worksheets/sheet1.xml");
    assertThat(elements(sheet, "f")).as("formulas").isEmpty();
    Map<String, String> cells = new HashMap<>();
    for (Element cell : elements(sheet, "c")) {
      String value = cell.getTextContent();
      boolean text = cell.getAttribute("t").equals("s");
      if (!value.isEmpty()) {
        cells.put(
            cell.getAttribute("r"),
            text ? "s " + strings.get(Integer.parseInt(value)).getTextContent() : "n " + value);
      }
    }
    return cells;
  }

  @Test
  void numbers_are_numbers_and_formulas_are_text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    XlsxFile.write(
        report(row("=1+1", "-3210.75"), row("@SUM(A1)", "0.00"), row("<&\">", "")),
        Fixture.reader(),
        out);
    assertThat(cells(out.toByteArray()))
        .containsEntry("A1", "s Text")
        .containsEntry("B1", "s Amount")
        .containsEntry("A2", "s =1+1")
        .containsEntry("B2", "n -3210.75")
        .containsEntry("A3", "s @SUM(A1)")
        .containsEntry("A4", "s <&\">")
        .doesNotContainKey("B4")
        .containsEntry("B5", "n 99.50");
  }

  @Test
  void the_stream_stays_open_for_the_rest_of_the_reply() throws IOException {
    List<String> closed = new ArrayList<>();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.add("closed");
          }
        };
    XlsxFile.write(report(), Fixture.reader(), out);
    assertThat(out.size()).isPositive();
    assertThat(closed).isEmpty();
  }
}
