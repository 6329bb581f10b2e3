package org.hitc.listener.program;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.Refusal;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.protocol.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that the launcher runs as another user. Only the launcher can kill it, and does so as
 * soon as our side of the connection ends.
 */
final class LaunchedChild implements Child {
  /** It is killed at once; what holds it up is the kernel. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LaunchedChild.class);

  private final Connection connection;
  private final Answers answers;
  private final int pid;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;
  private Optional<ProgramEnd> end = Optional.empty();

  /** Takes over the connection, and closes it. */
  LaunchedChild(Connection connection, Answers answers, int pid) {
    this.connection = connection;
    this.answers = answers;
    this.pid = pid;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public int watch() {
    return connection.descriptor();
  }

  @Override
  public boolean hasEnded() {
    try {
      end = answers.next().map(LaunchedChild::meaning);
    } catch (IOException e) {
      end = Optional.of(lost(String.valueOf(e.getMessage())));
    }
    return end.isPresent();
  }

  @Override
  public void kill() {
    lock.lock();
    try {
      if (!closed) {
        connection.shutdownOutput();
      }
    } catch (IOException e) {
      // The launcher is gone, and with it what it had started.
      LOG.warn("the launcher could not be told to end a program: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ProgramEnd end() {
    try {
      if (end.isEmpty()) {
        kill();
        end = awaitEnd();
      }
      return end.orElseGet(() -> lost("it does not say how the program ended"));
    } finally {
      close();
    }
  }

  private Optional<ProgramEnd> awaitEnd() {
    try {
      return answers.await(PATIENCE).map(LaunchedChild::meaning);
    } catch (IOException e) {
      return Optional.of(lost(String.valueOf(e.getMessage())));
    }
  }

  private void close() {
    lock.lock();
    try {
      closed = true;
      connection.close();
    } finally {
      lock.unlock();
    }
  }

  private static ProgramEnd meaning(Answer answer) {
    return switch (answer) {
      case Answer.Exited(int code) -> new ProgramEnd.Exited(code);
      case Answer.Signalled(int signal) -> new ProgramEnd.Signalled(signal);
      case Answer.Started _, Answer.Refused _, Answer.Granted _, Answer.Done _ ->
          lost("an answer to another question");
    };
  }

  /** When the launcher dies, so does everything that it has started. */
  private static ProgramEnd lost(String detail) {
    return new ProgramEnd.NotTaken(Refusal.RUN_DOWN, "the launcher: " + detail);
  }
}
