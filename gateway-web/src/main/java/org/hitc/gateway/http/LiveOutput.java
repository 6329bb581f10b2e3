package org.hitc.gateway.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.hole.Answer;
import org.hitc.channel.hole.FileSink;
import org.hitc.gateway.page.Live;

/**
 * What a running job prints, followed from its beginning while its page is drawn. That it cannot be
 * followed is no failure: the page then says less.
 */
final class LiveOutput implements Live {

  /** Proxies give up on a response on which nothing moves, usually after a minute. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Hole hole;
  private final String token;
  private final String job;
  private final String languages;
  private boolean whole;
  private long next;

  /**
   * @param token the one that the browser sent
   */
  LiveOutput(Hole hole, String token, String job, String languages) {
    this.hole = hole;
    this.token = token;
    this.job = job;
    this.languages = languages;
  }

  @Override
  public void printed(Consumer<String> to) {
    try {
      Sink sink = new Sink(to);
      whole =
          hole.ask(new Request.Output(token, job, "0", "yes", languages), sink)
              instanceof Answer.Complete(Reply.Output _, var _);
      sink.pieces.flushLast();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The listener ends what it sends as whole only when the job has ended. */
  @Override
  public Ending ending() {
    return whole ? Ending.ENDED : Ending.NOT_KNOWN;
  }

  @Override
  public long next() {
    return next;
  }

  private final class Sink implements FileSink {
    private final Pieces pieces;
    private long lastHeard = System.nanoTime();

    Sink(Consumer<String> to) {
      this.pieces = new Pieces(to);
    }

    @Override
    public OutputStream open(Reply.Streamed reply) {
      return pieces;
    }

    /** Tells also whether the browser is still there. */
    @Override
    public void stillAtWork() {
      if (System.nanoTime() - lastHeard > QUIET.toNanos()) {
        lastHeard = System.nanoTime();
        pieces.to.accept("");
      }
    }
  }

  /** Bytes in, text out; a character may be cut by the edge of a piece. */
  private final class Pieces extends OutputStream {
    private static final int LONGEST_CHARACTER = 4;

    private final Consumer<String> to;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Pieces(Consumer<String> to) {
      this.to = to;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      next += length;
      ByteBuffer all = ByteBuffer.allocate(rest.remaining() + length);
      all.put(rest).put(bytes, from, length).flip();
      give(all, false);
    }

    /** Gives what is left of a character that was never finished. */
    void flushLast() {
      give(rest, true);
    }

    private void give(ByteBuffer bytes, boolean last) {
      CharBuffer text = CharBuffer.allocate(bytes.remaining() + LONGEST_CHARACTER);
      var _ = decoder.decode(bytes, text, last);
      rest = bytes;
      if (text.flip().hasRemaining()) {
        to.accept(text.toString());
      }
    }
  }
}
