package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.function.Consumer;
import org.hitc.channel.RequestId;

/**
 * Finds the hints in what comes out of the daemon pipe, however the reads cut it up. Everything
 * between two newlines that is neither empty nor a hint is garbage: dropped and counted.
 *
 * <p><b>SECURITY.</b> Whoever is web-side can write any bytes at any rate. Memory is constant: of a
 * line without end nothing is kept but its length. The ids found are well-formed and nothing more.
 * Not safe for use by several threads.
 */
public final class HintReader {
  private static final int LINE = Hint.MARK.length() + RequestId.LENGTH;

  /** The start of the line; what lies beyond {@link #LINE} cannot be part of a hint. */
  private final byte[] line = new byte[LINE];

  private long lineLength;
  private long garbageLines;
  private long garbageBytes;

  /**
   * Takes the next bytes of the pipe.
   *
   * @param found gets the id of every complete hint, in order, also of one seen before
   */
  public void feed(byte[] bytes, int offset, int length, Consumer<RequestId> found) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        endLine(found);
      } else {
        if (lineLength < LINE) {
          line[(int) lineLength] = bytes[i];
        } else {
          // Counted while it comes in: a line without end must not go unnoticed.
          garbageBytes += lineLength == LINE ? LINE + 1 : 1;
        }
        lineLength++;
      }
    }
  }

  /** How many ended lines were no hint. */
  public long garbageLines() {
    return garbageLines;
  }

  /** How many bytes were no part of a hint; an over-long line counts before it ends. */
  public long garbageBytes() {
    return garbageBytes;
  }

  private void endLine(Consumer<RequestId> found) {
    String text = new String(line, 0, (int) Math.min(lineLength, LINE), ISO_8859_1);
    boolean whole = lineLength == LINE && text.startsWith(Hint.MARK);
    String id = whole ? text.substring(Hint.MARK.length()) : "";
    if (lineLength > 0 && !RequestId.isValid(id)) {
      garbageLines++;
      garbageBytes += lineLength <= LINE ? lineLength : 0;
    }
    lineLength = 0;
    if (RequestId.isValid(id)) {
      found.accept(new RequestId(id));
    }
  }
}
