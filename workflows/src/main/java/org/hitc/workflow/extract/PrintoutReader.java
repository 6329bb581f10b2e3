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
import org.hitc.workflow.encoding.Encodings;

/**
 * Reads a printout line by line, in memory that does not grow with it.
 *
 * <p>A line ends at LF, in EBCDIC also at NEL; a page ends at FF, which may stand in the middle of
 * a physical line and then ends the line too. Carriage returns at the beginning and the end of a
 * line are dropped.
 */
public final class PrintoutReader {
  /** Longest line, in characters. */
  public static final int MAX_LINE = 8_192;

  private static final int BUFFER = 16_384;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private final boolean strict;
  private final char otherLineEnd;
  private final Line current = new Line();
  private int collected;
  private boolean inputEnded;
  private boolean malformed;
  private int page = 1;
  private int line = 1;

  private PrintoutReader(InputStream in, Charset charset, boolean strict) {
    this.in = in;
    this.strict = strict;
    CodingErrorAction action = strict ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
    this.decoder = charset.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
    this.otherLineEnd = Encodings.isEbcdic(charset) ? '\u0085' : '\n';
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
    return advance()
        ? Optional.of(
            new PrintedLine(
                current.page, current.line, new String(current.text, 0, current.fullLength)))
        : Optional.empty();
  }

  /** The line that {@link #advance} has read; always the same object. */
  Line current() {
    return current;
  }

  /** Reads the next line; false at the end. */
  boolean advance() throws IOException, PrintoutException {
    while (chars.hasRemaining() || fill()) {
      char[] from = chars.array();
      int start = chars.position();
      int limit = chars.limit();
      int end = start;
      while (end < limit && from[end] != '\n' && from[end] != '\f' && from[end] != otherLineEnd) {
        end++;
      }
      collect(from, start, end);
      if (end == limit) {
        chars.position(end);
        continue;
      }
      chars.position(end + 1);
      if (from[end] != '\f') {
        take();
        line++;
        return true;
      }
      boolean onlyFormFeed = onlyReturns();
      if (!onlyFormFeed) {
        take();
      }
      collected = 0;
      page++;
      line = 1;
      if (!onlyFormFeed) {
        return true;
      }
    }
    if (collected == 0) {
      return false;
    }
    take();
    return true;
  }

  private boolean onlyReturns() {
    for (int i = 0; i < collected; i++) {
      if (current.text[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void collect(char[] from, int start, int end) throws PrintoutException {
    int count = Math.min(end - start, MAX_LINE - collected);
    System.arraycopy(from, start, current.text, collected, count);
    collected += count;
    if (strict && count < end - start) {
      throw problem("the line is longer than " + MAX_LINE + " characters");
    }
  }

  private void take() {
    char[] text = current.text;
    int from = 0;
    int to = collected;
    while (from < to && text[from] == '\r') {
      from++;
    }
    while (to > from && text[to - 1] == '\r') {
      to--;
    }
    if (from > 0) {
      System.arraycopy(text, from, text, 0, to - from);
    }
    current.fullLength = to - from;
    current.page = page;
    current.line = line;
    collected = 0;
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
    return new PrintoutException(page, line, collected + 1, message);
  }
}
