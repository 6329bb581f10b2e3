package org.hitc.listener.command;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A password for a user: typed twice at the terminal without being shown, or the first line of the
 * input. Never a word of the command line, which every user of the machine can read.
 */
final class TypedPassword {
  private static final int MAX_LINE = 4096;

  private TypedPassword() {}

  /**
   * The password.
   *
   * @throws IOException when there is none, or the two that were typed differ
   */
  static String ask() throws IOException {
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (terminal.isEmpty()) {
      return firstLine(System.in);
    }
    String first = new String(terminal.get().readPassword("Password: "));
    String second = new String(terminal.get().readPassword("Again: "));
    if (!first.equals(second)) {
      throw new IOException("the two passwords differ; nothing was changed");
    }
    return first;
  }

  private static String firstLine(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_LINE);
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .findFirst()
        .filter(line -> !line.isEmpty())
        .orElseThrow(() -> new IOException("no password in the input; nothing was changed"));
  }
}
