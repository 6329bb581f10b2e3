package org.hitc.listener.command;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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

  /**
   * The first line of an input in UTF-8.
   *
   * @throws IOException when it is empty, too long, or of other bytes: whatever stood for them
   *     would be another password than the one that was meant
   */
  static String firstLine(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_LINE + 1);
    int length = 0;
    while (length < bytes.length && bytes[length] != '\n' && bytes[length] != '\r') {
      length++;
    }
    if (length == 0) {
      throw new IOException("no password in the input; nothing was changed");
    }
    if (length > MAX_LINE) {
      throw new IOException("the password in the input is too long; nothing was changed");
    }
    try {
      // Unlike the constructor of a text, a fresh decoder replaces nothing.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException("the password in the input is not UTF-8; nothing was changed", e);
    }
  }
}
