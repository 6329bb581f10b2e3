package org.hitc.workflow.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The original printout, for people: its pages and lines as they are. */
public final class Sheets {
  private Sheets() {}

  /**
   * Printed pages.
   *
   * @param sheets pages, each a list of lines; control characters are still in them
   * @param complete false when there was more than was asked for
   */
  public record Printed(List<List<String>> sheets, boolean complete) {
    public Printed {
      sheets = sheets.stream().map(List::copyOf).toList();
    }
  }

  /** Reads so many lines and characters at most; what cannot be decoded is U+FFFD. */
  public static Printed read(InputStream in, Charset charset, int maxLines, int maxCharacters)
      throws IOException {
    PrintoutReader reader = PrintoutReader.forDisplay(in, charset);
    List<List<String>> sheets = new ArrayList<>();
    int count = 0;
    int characters = 0;
    try {
      for (Optional<PrintedLine> next = reader.next(); next.isPresent(); next = reader.next()) {
        PrintedLine line = next.get();
        characters += line.text().length();
        if (count == maxLines || characters > maxCharacters) {
          return new Printed(sheets, false);
        }
        while (sheets.size() < line.page() && sheets.size() <= maxLines) {
          sheets.add(new ArrayList<>());
        }
        sheets.getLast().add(line.text());
        count++;
      }
    } catch (PrintoutException e) {
      throw new IllegalStateException("reading for display refuses nothing", e);
    }
    return new Printed(sheets, true);
  }
}
