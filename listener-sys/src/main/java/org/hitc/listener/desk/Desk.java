package org.hitc.listener.desk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.hole.Handler;
import org.hitc.channel.hole.Replier;
import org.hitc.channel.hole.ReplyBrokenException;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditException;
import org.hitc.listener.audit.AuditLog;
import org.hitc.session.Lapsed;
import org.hitc.session.signin.SignInException;
import org.hitc.session.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of what may be asked: a handler for each request. A session is checked before anything
 * else is looked at; whatever is refused is audited; a store or an audit log that cannot answer
 * refuses.
 */
final class Desk implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** No user's name holds an asterisk. */
  private static final String SIGN_INS = "*";

  private final SignInDesk signIn;
  private final HomeDesk home;
  private final VisitDesk visits;
  private final JobDesk jobs;
  private final SessionDesk sessions;
  private final AuditLog audit;
  private final Turns turns = new Turns();

  Desk(
      SignInDesk signIn,
      HomeDesk home,
      VisitDesk visits,
      JobDesk jobs,
      SessionDesk sessions,
      AuditLog audit) {
    this.signIn = signIn;
    this.home = home;
    this.visits = visits;
    this.jobs = jobs;
    this.sessions = sessions;
    this.audit = audit;
  }

  @Override
  public void answer(Request request, Replier replier) throws IOException, InterruptedException {
    try {
      switch (request) {
        case Request.Login login -> signIn(() -> signIn.login(login), replier);
        case Request.LoginAnswer answer -> signIn(() -> signIn.answer(answer), replier);
        case Request.SignedIn signedIn -> recognise(signedIn, replier);
      }
    } catch (AuditException e) {
      LOG.error("nothing runs that is not recorded: {}", e.getMessage(), e);
      refuse(replier, Refusal.AUDIT_FULL, Optional.empty(), request.verb());
    } catch (StoreException | SignInException e) {
      LOG.error("a request was refused: {}", e.getMessage(), e);
      refuse(replier, Refusal.STORE, Optional.empty(), request.verb());
    }
  }

  /** All sign-ins together have the turns of one user: who has signed in does not wait for them. */
  private void signIn(Supplier<SignInDesk.Begun> attempt, Replier replier) {
    if (!turns.begin(SIGN_INS)) {
      refuse(replier, Refusal.BUSY, Optional.empty(), "too many sign-ins at once");
      return;
    }
    try {
      begun(attempt.get(), replier);
    } finally {
      turns.end(SIGN_INS);
    }
  }

  private void begun(SignInDesk.Begun begun, Replier replier) {
    switch (begun) {
      case SignInDesk.Begun.Refused(Optional<String> user, Refusal why, String detail) ->
          refuse(replier, why, user, detail);
      case SignInDesk.Begun.Ask(String user, Reply.Ask ask, Optional<Refusal> problem) -> {
        problem.ifPresent(why -> audit(why, Optional.of(user), "a further screen of the sign-in"));
        replier.reply(ask);
      }
      case SignInDesk.Begun.Session(String token) -> {
        replier.token(token);
        replier.reply(new Reply.SignedIn());
      }
    }
  }

  private void recognise(Request.SignedIn request, Replier replier)
      throws IOException, InterruptedException {
    switch (signIn.recognise(request)) {
      case SignInDesk.Recognised.Refused(Refusal why, String detail) ->
          unrecognised(request, why, detail, replier);
      case SignInDesk.Recognised.As(Caller caller, Optional<String> freshToken) -> {
        if (!(request instanceof Request.Logout)) {
          freshToken.ifPresent(replier::token);
        }
        if (!turns.begin(caller.name())) {
          refuse(replier, Refusal.BUSY, Optional.of(caller.name()), "too much at once");
          return;
        }
        try {
          send(caller, handle(caller, request), replier);
        } finally {
          turns.end(caller.name());
        }
      }
    }
  }

  /** Nobody is signed in; what was typed into a form is kept for whom it was. */
  private void unrecognised(Request.SignedIn request, Refusal why, String detail, Replier replier) {
    Optional<Reply> reply =
        signIn
            .lapsed(request)
            .flatMap(lapsed ->
                switch (request) {
                  case Request.Submit submit -> keep(lapsed, VisitDesk.Typed.of(submit), why);
                  case Request.Keep keep -> keep(lapsed, VisitDesk.Typed.of(keep), why);
                  case Request.Session session ->
                      Optional.of(sessions.ended(lapsed, session.languages()));
                  case Request.Forget _ -> {
                    sessions.forget(lapsed);
                    yield Optional.of(new Reply.SignedOut());
                  }
                  default -> Optional.empty();
                });
    if (reply.isEmpty()) {
      refuse(replier, why, Optional.empty(), (request.verb() + " " + detail).strip());
    } else {
      replier.reply(reply.get());
    }
  }

  private Optional<Reply> keep(Lapsed lapsed, VisitDesk.Typed typed, Refusal why) {
    Optional<PageAddress> kept =
        lapsed.keeps()
            ? visits
                .keepTyped(lapsed.user().name(), typed, sessions.keptId(lapsed, typed))
                .filter(page -> sessions.keep(lapsed, page))
            : Optional.empty();
    kept.ifPresent(_ -> audit(why, Optional.empty(), "what was typed is kept"));
    return kept.map(page -> new Reply.SignInFirst(why, page));
  }

  private Answered handle(Caller caller, Request.SignedIn request)
      throws IOException, InterruptedException {
    return switch (request) {
      case Request.Logout logout -> {
        signIn.logout(logout);
        yield new Answered.With(new Reply.SignedOut());
      }
      case Request.Home _ -> home.home(caller);
      case Request.Start start -> visits.start(caller, start);
      case Request.View view -> visits.view(caller, view);
      case Request.Submit submit -> visits.submit(caller, submit);
      case Request.Follow follow -> visits.follow(caller, follow);
      case Request.Again again -> visits.again(caller, again);
      case Request.Download download -> visits.download(caller, download);
      case Request.Jobs _ -> jobs.list(caller);
      case Request.Job job -> jobs.page(caller, job);
      case Request.Output output -> jobs.output(caller, output);
      case Request.Cancel cancel -> jobs.cancel(caller, cancel);
      case Request.Session _, Request.Stay _ -> sessions.page(caller);
      case Request.Keep keep -> visits.keep(caller, keep);
      // Nothing is kept for a session that lives.
      case Request.Forget _ -> new Answered.With(new Reply.SignedIn());
      case Request.Sessions _ -> sessions.list(caller);
      case Request.EndSession end -> sessions.end(caller, end);
      case Request.EndOthers end -> sessions.endOthers(caller, end);
      case Request.Speak speak -> sessions.speak(caller, speak);
    };
  }

  private void send(Caller caller, Answered answered, Replier replier)
      throws IOException, InterruptedException {
    switch (answered) {
      case Answered.With(Reply reply) -> replier.reply(reply);
      case Answered.WithBytes(Reply.Streamed reply, Answered.Content content) -> {
        replier.reply(reply);
        content.write(new DataStream(replier)).ifPresent(replier::fail);
      }
      case Answered.Refused(Refusal why, String detail) ->
          refuse(replier, why, Optional.of(caller.name()), detail);
    }
  }

  private void refuse(Replier replier, Refusal why, Optional<String> user, String detail) {
    audit(why, user, detail);
    replier.reply(new Reply.Refused(why, Optional.empty(), Optional.empty()));
  }

  private void audit(Refusal why, Optional<String> user, String detail) {
    audit.record(new AuditEvent.Refused(why, user, detail));
  }

  /** The data frames of a reply as a stream. */
  private static final class DataStream extends OutputStream {
    private final Replier replier;

    DataStream(Replier replier) {
      this.replier = replier;
    }

    @Override
    public void write(int b) throws ReplyBrokenException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws ReplyBrokenException {
      replier.data(bytes, offset, length);
    }
  }
}
