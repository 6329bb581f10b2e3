package org.hitc.workflow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What the engine reads of a result, for tests that make results. */
public final class PrintedText {
  private PrintedText() {}

  /** All that the program printed. */
  public static String of(ProgramResult result) {
    try (InputStream printed = result.stdout()) {
      return new String(printed.readAllBytes(), result.encoding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
