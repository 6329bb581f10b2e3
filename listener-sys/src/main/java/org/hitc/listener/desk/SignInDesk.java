package org.hitc.listener.desk;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.i18n.Language;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.session.Activity;
import org.hitc.session.Check;
import org.hitc.session.Lapsed;
import org.hitc.session.Session;
import org.hitc.session.Sessions;
import org.hitc.session.SignedIn;
import org.hitc.session.signin.SignIn;
import org.hitc.session.signin.UserEntry;

/** Signing in and out, and who it is that asks. */
final class SignInDesk {
  private final SignIn signIn;
  private final Sessions sessions;
  private final Supplier<Workflows> workflows;
  private final AuditLog audit;
  private final SessionEnds ends;

  SignInDesk(
      SignIn signIn,
      Sessions sessions,
      Supplier<Workflows> workflows,
      AuditLog audit,
      SessionEnds ends) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.workflows = workflows;
    this.audit = audit;
    this.ends = ends;
  }

  /** Who a token is of. */
  sealed interface Recognised {
    /** Of this caller; the token is to be replaced when there is a fresh one. */
    record As(Caller caller, Optional<String> freshToken) implements Recognised {
      @Override
      public String toString() {
        return "As[" + caller.name() + "]";
      }
    }

    /** Of nobody. */
    record Refused(Refusal why, String detail) implements Recognised {}
  }

  /** A token for a session that began, what to ask first, or why there is none. */
  sealed interface Begun {
    /** Keep this token. */
    record Session(String token) implements Begun {
      @Override
      public String toString() {
        return "Session[]";
      }
    }

    /**
     * Show a further screen.
     *
     * @param problem why the last answer was not taken, for the audit
     */
    record Ask(String user, Reply.Ask reply, Optional<Refusal> problem) implements Begun {}

    /**
     * Nobody was signed in.
     *
     * @param user as typed, when it is known
     */
    record Refused(Optional<String> user, Refusal why, String detail) implements Begun {}
  }

  Begun login(Request.Login request) {
    return begun(
        signIn.attempt(request.user(), request.password(), request.source(), request.idle()),
        request.source());
  }

  /** A further screen of a sign-in. */
  Begun answer(Request.LoginAnswer request) {
    return begun(
        signIn.answer(request.pending(), request.values(), request.source()), request.source());
  }

  private Begun begun(SignIn.Outcome outcome, String source) {
    return switch (outcome) {
      case SignIn.Outcome.Accepted(var user, String method, String idle, var grant) -> {
        // First: a session that cannot be recorded would push out another one of this user.
        audit.append(new AuditEvent.SignIn(user.name(), source, true));
        SignedIn begun = sessions.signIn(user, method, idle(idle), source, grant);
        begun.pushedOut().forEach(session -> ends.early(session, "one sign-in too many"));
        yield new Begun.Session(begun.token());
      }
      case SignIn.Outcome.Ask ask -> {
        String user = asTyped(ask.user());
        audit.append(
            ask.wrong() || ask.unread().isPresent()
                ? new AuditEvent.SignIn(user, source, false)
                : new AuditEvent.SignInAsked(user, source, ask.screen().purpose().name()));
        yield new Begun.Ask(
            user,
            new Reply.Ask(ask.handle(), ask.screen(), ask.unread()),
            ask.unread().or(() -> ask.screen().problem()));
      }
      case SignIn.Outcome.Refused(var typed, Refusal why, Optional<Duration> wait) -> {
        Optional<String> user = typed.map(SignInDesk::asTyped);
        audit.append(new AuditEvent.SignIn(user.orElse(""), source, false));
        yield new Begun.Refused(
            user, why, wait.map(w -> "wait " + w.toSeconds() + " s").orElse(""));
      }
    };
  }

  /** The session that this token was of and that has ended a short while ago. */
  Optional<Lapsed> lapsed(Request.SignedIn request) {
    return sessions.lapsed(request.token());
  }

  Recognised recognise(Request.SignedIn request) {
    return switch (sessions.check(request.token(), activity(request))) {
      case Check.Refused(Refusal why, Optional<Session> ended) -> {
        if (why == Refusal.SESS_REVOKED) {
          ended.ifPresent(session -> ends.early(session, "the user signs in with this no more"));
        } else {
          ended.ifPresent(ends::byTime);
        }
        yield new Recognised.Refused(why, "");
      }
      case Check.Stolen(Session session) -> {
        ends.early(session, "a replaced token came back");
        yield new Recognised.Refused(Refusal.SESS_REVOKED, "a replaced token came back");
      }
      case Check.Authorised(Session session, UserEntry user, Optional<String> fresh) -> {
        Workflows now = workflows.get();
        Language language = now.words().languages().choose(user.language(), request.languages());
        yield new Recognised.As(new Caller(session, user, language, now), fresh);
      }
    };
  }

  /** What pages ask for by themselves keeps nobody signed in. */
  private static Activity activity(Request.SignedIn request) {
    return switch (request) {
      case Request.Output _, Request.Session _, Request.Keep _, Request.Forget _ ->
          Activity.AUTOMATIC;
      case Request.Logout _,
          Request.Home _,
          Request.Start _,
          Request.View _,
          Request.Submit _,
          Request.Follow _,
          Request.Again _,
          Request.Download _,
          Request.Jobs _,
          Request.Job _,
          Request.Cancel _,
          Request.Stay _,
          Request.Sessions _,
          Request.EndSession _,
          Request.EndOthers _,
          Request.Speak _ ->
          Activity.BY_USER;
    };
  }

  void logout(Request.Logout request) {
    sessions.signOut(request.token()).ifPresent(session -> ends.early(session, "signed out"));
  }

  /** What has not the form of a name may be a password in the wrong place: it is not kept. */
  static String asTyped(String user) {
    return UserEntry.isName(user) ? user : "(not a name)";
  }

  /** The chosen idle limit, in minutes; a wish out of range is cut by the session's limits. */
  private static Optional<Duration> idle(String minutes) {
    return minutes.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMinutes(Long.parseLong(minutes)));
  }
}
