package org.hitc.gateway;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Warnings and errors go to standard error, one line each (and a stack trace where there is one);
 * whoever starts the gateway keeps them.
 */
final class Logging {

  /** Foreign text in a message cannot begin a line or reach a terminal as a control sequence. */
  private static final class OneLine extends SimpleFormatter {
    @Override
    public String formatMessage(java.util.logging.LogRecord line) {
      StringBuilder safe = new StringBuilder();
      super.formatMessage(line)
          .codePoints()
          .forEach(c -> {
            if (Character.isISOControl(c)) {
              safe.append(String.format("\\u%04x", c));
            } else {
              safe.appendCodePoint(c);
            }
          });
      return safe.toString();
    }
  }

  private Logging() {}

  static void begin() {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.WARNING);
    handler.setFormatter(new OneLine());
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(handler);
  }
}
