package org.hitc.listener.signin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.codec.CodecException;
import org.hitc.listener.authenticator.protocol.Known;
import org.hitc.listener.authenticator.protocol.Question;
import org.hitc.listener.authenticator.protocol.Verdict;
import org.hitc.listener.socket.Messages;
import org.hitc.listener.socket.Server;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.SignInProvider;
import org.hitc.session.signin.UserEntry;

/**
 * Signing in at the authenticator, another process. Sign-ins take their time, so each has a
 * connection of its own; what is known about a user is asked at every request, over one that is
 * kept. While the authenticator does not answer, nobody signs in and no request of a session is
 * answered; sessions live on, and work again when it does.
 */
public final class RemoteSignIn implements SignInProvider {
  /** Fewer than the authenticator has places for: one is for the connection that is kept. */
  static final int MAX_AT_ONCE = Server.MAX_CONNECTIONS - 8;

  private static final Duration QUICK = Duration.ofSeconds(2);

  /** A password waits for its turn for up to 5 s, its grant for up to 4. */
  private static final Duration SIGN_IN = Duration.ofSeconds(15);

  private final Path socket;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final ReentrantLock keptLock = new ReentrantLock();
  private Optional<Messages> kept = Optional.empty();

  /**
   * A provider that asks the authenticator.
   *
   * @param folder of its socket
   */
  public RemoteSignIn(Path folder) {
    this.socket = folder.resolve(Question.SOCKET);
  }

  @Override
  public SignInAnswer signIn(String user, String password) {
    return signIn(user, password, false);
  }

  @Override
  public SignInAnswer signIn(String user, String password, boolean familiar) {
    return sign(new Question.SignIn(user, password, familiar));
  }

  @Override
  public SignInAnswer answer(String user, String state, Map<String, String> answers) {
    return sign(new Question.Answer(user, state, answers));
  }

  /** The authenticator knows users at any time. */
  @Override
  public boolean forgets() {
    return false;
  }

  @Override
  public Optional<UserEntry> find(String user, Optional<UserEntry> ignored) {
    return switch (askOverKept(new Question.Find(user))) {
      case Verdict.Found(Optional<Known> known) -> known.map(RemoteSignIn::entry);
      case Verdict other -> throw unable(other);
    };
  }

  private SignInAnswer sign(Question question) {
    if (!places.tryAcquire()) {
      return new SignInAnswer.Busy();
    }
    try (Messages authenticator = Messages.connect(socket)) {
      return switch (ask(authenticator, question, SIGN_IN)) {
        case Verdict.Accepted(Known user, String method, Optional<String> grant) ->
            new SignInAnswer.Accepted(entry(user), method, grant);
        case Verdict.Further further ->
            new SignInAnswer.Ask(further.screen(), further.state(), further.wrong());
        case Verdict.Denied _ -> new SignInAnswer.Denied();
        case Verdict.Busy _ -> new SignInAnswer.Busy();
        case Verdict other -> throw unable(other);
      };
    } catch (IOException e) {
      throw silent(e);
    } finally {
      places.release();
    }
  }

  private Verdict askOverKept(Question question) {
    try {
      if (!keptLock.tryLock(QUICK.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SignInException("the authenticator is too slow", new IOException(socket + ""));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SignInException("interrupted", e);
    }
    try {
      if (kept.isPresent()) {
        try {
          return ask(kept.get(), question, QUICK);
        } catch (java.net.SocketTimeoutException e) {
          drop();
          throw silent(e);
        } catch (IOException _) {
          // It may have been started again since.
          drop();
        }
      }
      return askOverNew(question);
    } finally {
      keptLock.unlock();
    }
  }

  private Verdict askOverNew(Question question) {
    try {
      kept = Optional.of(Messages.connect(socket));
      return ask(kept.get(), question, QUICK);
    } catch (IOException e) {
      drop();
      throw silent(e);
    }
  }

  /** An answer that came too late must not be taken for that to the next question. */
  private void drop() {
    kept.ifPresent(connection -> {
      try {
        connection.close();
      } catch (IOException _) {
        // It is of no use any more in any case.
      }
    });
    kept = Optional.empty();
  }

  private static Verdict ask(Messages authenticator, Question question, Duration within)
      throws IOException {
    authenticator.write(question.encode(), within);
    try {
      return Verdict.decode(
          authenticator
              .read(within)
              .orElseThrow(() -> new IOException("it hung up without an answer")));
    } catch (CodecException e) {
      throw new IOException("no answer: " + e.getMessage(), e);
    }
  }

  private static UserEntry entry(Known known) {
    try {
      return known.entry();
    } catch (IllegalArgumentException e) {
      throw new SignInException("the authenticator knows a user of an impossible form", e);
    }
  }

  private static SignInException unable(Verdict verdict) {
    return new SignInException(
        java.util.List.of(
            verdict instanceof Verdict.Unable
                ? "the authenticator cannot tell; its log says why"
                : "the authenticator gives no answer to the question: " + verdict));
  }

  private SignInException silent(IOException e) {
    return new SignInException(
        "the authenticator does not answer: " + socket + ": " + e.getMessage(), e);
  }
}
