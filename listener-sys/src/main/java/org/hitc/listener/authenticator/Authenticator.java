package org.hitc.listener.authenticator;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.hitc.channel.codec.CodecException;
import org.hitc.listener.authenticator.protocol.Known;
import org.hitc.listener.authenticator.protocol.Question;
import org.hitc.listener.authenticator.protocol.Verdict;
import org.hitc.listener.grant.Grants;
import org.hitc.listener.grant.Revocation;
import org.hitc.listener.socket.Server;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.UserEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the listener's questions, each by itself. Safe for use by many threads. */
final class Authenticator implements Server.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);

  /** Users of this form may be users of the system; a launcher looks at no other. */
  private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

  private final PasswordFile users;
  private final Brake brake;
  private final SealedState states;
  private final Optional<Grants> launcher;

  /**
   * @param launcher where grants come from; without it nobody gets one
   */
  Authenticator(PasswordFile users, Brake brake, SealedState states, Optional<Grants> launcher) {
    this.users = users;
    this.brake = brake;
    this.states = states;
    this.launcher = launcher;
  }

  @Override
  public byte[] answer(byte[] message) throws IOException {
    Question question;
    try {
      question = Question.decode(message);
    } catch (CodecException e) {
      throw new IOException("no question: " + e.getMessage(), e);
    }
    return answer(question).encode();
  }

  Verdict answer(Question question) {
    try {
      return switch (question) {
        case Question.SignIn asked -> signIn(asked);
        case Question.Answer asked -> answer(asked);
        case Question.Find(String user) -> new Verdict.Found(users.find(user).map(Known::of));
      };
    } catch (SignInException e) {
      LOG.error("the users cannot be told: {}", e.getMessage());
      return new Verdict.Unable();
    }
  }

  private Verdict signIn(Question.SignIn asked) {
    String user = asked.user();
    return with(
        user,
        brake.password(user, users.find(user).isPresent(), asked.familiar()),
        () -> users.signIn(user, asked.password()));
  }

  private Verdict answer(Question.Answer asked) {
    String user = asked.user();
    return states
        .open(user, asked.state())
        .map(state ->
            with(user, brake.answer(user), () -> users.answer(user, state, asked.answers())))
        .orElseGet(Verdict.Denied::new);
  }

  /** Counted as wrong until it is known not to be. */
  private Verdict with(String user, Brake.Try counted, Supplier<SignInAnswer> look) {
    if (!counted.admit()) {
      LOG.warn("too many wrong tries for {}; the next ones are not looked at", asWritten(user));
      return new Verdict.Busy();
    }
    SignInAnswer answer;
    try {
      answer = look.get();
    } catch (SignInException e) {
      counted.takeBack();
      throw e;
    }
    return switch (answer) {
      case SignInAnswer.Accepted accepted -> {
        counted.takeBack();
        yield accepted(accepted);
      }
      case SignInAnswer.Ask ask -> {
        if (!ask.wrong()) {
          counted.takeBack();
        }
        yield new Verdict.Further(ask.screen(), states.seal(user, ask.state()), ask.wrong());
      }
      case SignInAnswer.Denied _ -> new Verdict.Denied();
      case SignInAnswer.Busy _ -> {
        counted.takeBack();
        yield new Verdict.Busy();
      }
    };
  }

  private Verdict accepted(SignInAnswer.Accepted accepted) {
    UserEntry user = accepted.user();
    Optional<String> grant = grant(user.name());
    // Who was disabled meanwhile has been revoked before there was this grant.
    if (users.find(user.name()).filter(now -> isSame(now, user)).isEmpty()) {
      grant.ifPresent(this::takeBack);
      return new Verdict.Denied();
    }
    LOG.info("{} has signed in{}", user.name(), grant.isPresent() ? " and has a grant" : "");
    return new Verdict.Accepted(Known.of(user), accepted.method(), grant);
  }

  private static boolean isSame(UserEntry now, UserEntry accepted) {
    return now.enabled() && now.stamp().equals(accepted.stamp());
  }

  private Optional<String> grant(String user) {
    if (launcher.isEmpty() || !ACCOUNT.matcher(user).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(launcher.get().give(user));
    } catch (IOException e) {
      LOG.warn("{} signs in without a grant: {}", user, e.getMessage());
      return Optional.empty();
    }
  }

  private void takeBack(String grant) {
    try {
      launcher.orElseThrow().revoke(new Revocation.OfGrant(grant));
    } catch (IOException e) {
      // Nobody has it: it was never said.
      LOG.warn("a grant that nobody got could not be revoked: {}", e.getMessage());
    }
  }

  /** What has not the form of a name may be a password in the wrong place. */
  private static String asWritten(String user) {
    return UserEntry.isName(user) ? user : "(not a name)";
  }
}
