package org.hitc.listener.program;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Wire;

/** What the launcher says on one connection, put together from the pieces in which it comes. */
final class Answers {
  private final Connection connection;
  private final Poller poller;
  private byte[] buffer = new byte[256];
  private int filled;

  Answers(Connection connection, Poller poller) {
    this.connection = connection;
    this.poller = poller;
  }

  /**
   * The next answer; nothing when it does not come in time.
   *
   * @throws IOException when the connection has ended or says something that is no answer
   */
  Optional<Answer> await(Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<Answer> answer = next();
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (answer.isPresent() || !left.isPositive()) {
        return answer;
      }
      if (!poller.awaitReadable(connection.descriptor(), left)) {
        return next();
      }
    }
  }

  /**
   * The next answer, if all of it has come; does not wait. Nothing behind it is read: as long as
   * there is more, the connection stays readable.
   */
  Optional<Answer> next() throws IOException {
    while (filled < wanted()) {
      int count = PosixFiles.read(connection.descriptor(), buffer, filled, wanted() - filled);
      if (count == PosixFiles.WOULD_BLOCK) {
        return Optional.empty();
      }
      if (count == 0) {
        throw new EOFException("it has closed the connection");
      }
      filled += count;
    }
    try {
      Answer answer = Wire.answer(Arrays.copyOfRange(buffer, Wire.HEADER, filled));
      filled = 0;
      return Optional.of(answer);
    } catch (Wire.WireException e) {
      throw new IOException("not an answer: " + e.getMessage(), e);
    }
  }

  /** How many bytes this answer has, as far as is known. */
  private int wanted() throws IOException {
    if (filled < Wire.HEADER) {
      return Wire.HEADER;
    }
    try {
      int wanted = Wire.HEADER + Wire.length(Arrays.copyOf(buffer, Wire.HEADER));
      if (buffer.length < wanted) {
        buffer = Arrays.copyOf(buffer, wanted);
      }
      return wanted;
    } catch (Wire.WireException e) {
      throw new IOException("not an answer: " + e.getMessage(), e);
    }
  }
}
