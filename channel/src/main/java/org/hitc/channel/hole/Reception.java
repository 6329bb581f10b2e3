package org.hitc.channel.hole;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.Frame;
import org.hitc.channel.codec.FrameReader;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixFiles;

/** Takes in one reply from a results pipe. */
final class Reception {
  private static final int BUFFER = 16_384;

  private final int fd;
  private final Poller poller;
  private final Duration silence;
  private final FileSink sink;
  private final FrameReader frames = new FrameReader();
  private final ByteArrayOutputStream page = new ByteArrayOutputStream();
  private Optional<String> token = Optional.empty();
  private Optional<Reply> reply = Optional.empty();
  private Optional<OutputStream> file = Optional.empty();
  private long deadline;

  Reception(int fd, Poller poller, Duration silence, FileSink sink) {
    this.fd = fd;
    this.poller = poller;
    this.silence = silence;
    this.sink = sink;
  }

  /**
   * Waits for the reply and reads it.
   *
   * @param firstSilence the longest time until the first frame
   * @param unanswered what it means when that time is over
   * @throws IOException what the sink threw, or the system
   */
  Answer receive(Duration firstSilence, Refusal unanswered) throws IOException {
    byte[] buffer = new byte[BUFFER];
    boolean heard = false;
    deadline = System.nanoTime() + firstSilence.toNanos();
    // Before there was a writer, a read would look like the end: wait first.
    boolean ready = awaitMore();
    while (ready) {
      int length = PosixFiles.read(fd, buffer, 0, buffer.length);
      if (length == 0) {
        return new Answer.Refused(Refusal.RESULT_TRUNCATED);
      }
      if (length == PosixFiles.WOULD_BLOCK) {
        ready = awaitMore();
        continue;
      }
      frames.feed(buffer, 0, length);
      Optional<Answer> answer = takeFrames();
      if (answer.isPresent()) {
        return answer.get();
      }
      heard = true;
    }
    return new Answer.Refused(heard ? Refusal.NOT_ANSWERING : unanswered);
  }

  private boolean awaitMore() throws IOException {
    return poller.awaitReadable(fd, Duration.ofNanos(deadline - System.nanoTime()));
  }

  private Optional<Answer> takeFrames() throws IOException {
    try {
      for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
        deadline = System.nanoTime() + silence.toNanos();
        Optional<Refusal> refusal = take(next.get());
        if (refusal.isPresent()) {
          return refusal.map(Answer.Refused::new);
        }
      }
      return switch (frames.state()) {
        case FrameReader.Reading _ -> Optional.empty();
        case FrameReader.Broken _ -> Optional.of(new Answer.Refused(Refusal.RESULT_TRUNCATED));
        case FrameReader.Complete(Frame.End end) -> Optional.of(complete(end));
      };
    } catch (CodecException _) {
      // The listener speaks another version of the same language.
      return Optional.of(new Answer.Refused(Refusal.INTERNAL));
    }
  }

  /** Takes one frame, or says why not. */
  private Optional<Refusal> take(Frame frame) throws IOException {
    switch (frame) {
      case Frame.PagePart(byte[] bytes) -> {
        if (!sink.hasRoom(bytes.length)) {
          return Optional.of(Refusal.BUSY);
        }
        page.writeBytes(bytes);
      }
      case Frame.Token(String newToken) -> token = Optional.of(newToken);
      case Frame.Data(byte[] bytes) -> {
        Optional<OutputStream> to = file();
        if (to.isEmpty()) {
          return Optional.of(Refusal.RESULT_TRUNCATED);
        }
        to.get().write(bytes);
      }
      case Frame.Heartbeat _ -> sink.stillAtWork();
      case Frame.End _ -> {}
    }
    return Optional.empty();
  }

  private Answer complete(Frame.End end) throws IOException {
    Optional<Refusal> refusal = end.refusal();
    if (page.size() > 0 && (refusal.isEmpty() || reply() instanceof Reply.Refused)) {
      Optional<OutputStream> _ = file();
      return new Answer.Complete(reply(), token);
    }
    return new Answer.Refused(refusal.orElse(Refusal.RESULT_TRUNCATED));
  }

  /** Where the bytes go, if the reply is a file. */
  private Optional<OutputStream> file() throws IOException {
    if (file.isEmpty() && page.size() > 0 && reply() instanceof Reply.Streamed described) {
      file = Optional.of(sink.open(described));
    }
    return file;
  }

  private Reply reply() {
    if (reply.isEmpty()) {
      reply = Optional.of(RecordCodec.decode(Reply.class, page.toByteArray()));
    }
    return reply.get();
  }
}
