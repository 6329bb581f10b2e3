package org.hitc.listener.page;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.hitc.listener.job.JobView;
import org.hitc.workflow.encoding.Encodings;
import org.hitc.workflow.engine.Visible;

/**
 * A piece of what a job has printed, as text for people: UTF-8, control characters made visible.
 *
 * @param next offset of the first byte that is not in it: a character that has only begun waits for
 *     its rest
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LiveText(byte[] utf8, long next) {

  /** The text of a piece. */
  public static LiveText of(JobView.Live piece) {
    ByteBuffer bytes = ByteBuffer.wrap(piece.bytes());
    Charset charset = piece.charset().orElse(StandardCharsets.UTF_8);
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer chars =
        CharBuffer.allocate(
            (int) Math.ceil(bytes.remaining() * (double) decoder.maxCharsPerByte()) + 1);
    decoder.decode(bytes, chars, piece.last());
    if (piece.last()) {
      decoder.flush(chars);
    }
    String text = chars.flip().toString().replace("\r", "").replace('\f', '\n');
    if (Encodings.isEbcdic(charset)) {
      text = text.replace('\u0085', '\n');
    }
    String shown =
        Arrays.stream(text.split("\n", -1)).map(Visible::of).collect(Collectors.joining("\n"));
    return new LiveText(shown.getBytes(StandardCharsets.UTF_8), piece.offset() + bytes.position());
  }
}
