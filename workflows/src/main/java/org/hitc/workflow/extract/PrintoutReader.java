package org.hitc.workflow.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/**
 * Reads a printout line by line, in memory that does not grow with it.
 *
 * <p>A line ends at LF; a page ends at FF, which may stand in the middle of a physical line and
 * then ends the line too. Carriage returns at the beginning and the end of a line are dropped.
 */
public final class PrintoutReader {
  /** Longest line, in characters. */
  public static final int MAX_LINE = 8_192;

  private static final int BUFFER = 8_192;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private final StringBuilder current = new StringBuilder();
  private final boolean strict;
  private boolean inputEnded;
  private boolean ended;
  private boolean malformed;
  private int page = 1;
  private int line = 1;

  private PrintoutReader(InputStream in, Charset charset, boolean strict) {
    this.in = in;
    this.strict = strict;
    CodingErrorAction action = strict ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
    this.decoder = charset.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
  }

  /** Reads for a table: bytes that are not of the character set stop it. */
  public static PrintoutReader strict(InputStream in, Charset charset) {
    return new PrintoutReader(in, charset, true);
  }

  /**
   * Reads for people: bytes that are not of the character set become U+FFFD, long lines are cut.
   */
  public static PrintoutReader forDisplay(InputStream in, Charset charset) {
    return new PrintoutReader(in, charset, false);
  }

  /**
   * The next line; empty at the end.
   *
   * @throws PrintoutException when strict, and a line is too long or cannot be decoded
   */
  public Optional<PrintedLine> next() throws IOException, PrintoutException {
    while (!ended) {
      if (!chars.hasRemaining() && !fill()) {
        ended = true;
        return current.isEmpty() ? Optional.empty() : Optional.of(take(false));
      }
      char c = chars.get();
      if (c == '\n') {
        return Optional.of(take(false));
      }
      if (c == '\f') {
        boolean onlyFormFeed = current.isEmpty() || onlyReturns();
        if (onlyFormFeed) {
          current.setLength(0);
          newPage();
        } else {
          return Optional.of(take(true));
        }
      } else {
        append(c);
      }
    }
    return Optional.empty();
  }

  private boolean onlyReturns() {
    return current.chars().allMatch(c -> c == '\r');
  }

  private void append(char c) throws PrintoutException {
    if (current.length() < MAX_LINE) {
      current.append(c);
    } else if (strict) {
      throw problem("the line is longer than " + MAX_LINE + " characters");
    }
  }

  private PrintedLine take(boolean endOfPage) {
    int from = 0;
    int to = current.length();
    while (from < to && current.charAt(from) == '\r') {
      from++;
    }
    while (to > from && current.charAt(to - 1) == '\r') {
      to--;
    }
    PrintedLine taken = new PrintedLine(page, line, current.substring(from, to));
    current.setLength(0);
    if (endOfPage) {
      newPage();
    } else {
      line++;
    }
    return taken;
  }

  private void newPage() {
    page++;
    line = 1;
  }

  /** Decodes on; false at the end. */
  private boolean fill() throws IOException, PrintoutException {
    if (malformed) {
      throw problem("bytes that are not " + decoder.charset().name());
    }
    chars.clear();
    while (chars.position() == 0) {
      CoderResult result = decoder.decode(bytes, chars, inputEnded);
      if (result.isError()) {
        malformed = true;
        break;
      }
      if (result.isUnderflow() && chars.position() == 0) {
        if (inputEnded) {
          break;
        }
        read();
      }
    }
    chars.flip();
    if (malformed && !chars.hasRemaining()) {
      throw problem("bytes that are not " + decoder.charset().name());
    }
    return chars.hasRemaining();
  }

  private void read() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      inputEnded = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  private PrintoutException problem(String message) {
    return new PrintoutException(page, line, current.length() + 1, message);
  }
}
