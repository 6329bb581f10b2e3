package org.hitc.listener.desk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.i18n.Languages;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.session.Activity;
import org.hitc.session.Check;
import org.hitc.session.Session;
import org.hitc.session.Sessions;
import org.hitc.session.SignedIn;
import org.hitc.session.signin.SignIn;
import org.hitc.session.signin.UserEntry;

/** Signing in and out, and who it is that asks. */
final class SignInDesk {
  private final SignIn signIn;
  private final Sessions sessions;
  private final Languages languages;
  private final AuditLog audit;
  private final ArgumentDigests digests;

  SignInDesk(
      SignIn signIn,
      Sessions sessions,
      Languages languages,
      AuditLog audit,
      ArgumentDigests digests) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.languages = languages;
    this.audit = audit;
    this.digests = digests;
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

  /** A token for a session that began, or why there is none. */
  sealed interface Begun {
    /** Keep this token. */
    record Session(String token) implements Begun {
      @Override
      public String toString() {
        return "Session[]";
      }
    }

    /** Nobody was signed in. */
    record Refused(Refusal why, String detail) implements Begun {}
  }

  Begun login(Request.Login request) {
    return switch (signIn.attempt(request.user(), request.password(), request.source())) {
      case SignIn.Outcome.Refused(Refusal why, Optional<Duration> wait) -> {
        audit.append(new AuditEvent.SignIn(asTyped(request.user()), request.source(), false));
        yield new Begun.Refused(why, wait.map(w -> "wait " + w.toSeconds() + " s").orElse(""));
      }
      case SignIn.Outcome.Accepted(var user, String method) -> {
        // First: a session that cannot be recorded would push out another one of this user.
        audit.append(new AuditEvent.SignIn(user.name(), request.source(), true));
        SignedIn begun = sessions.signIn(user, method, idle(request.idle()));
        yield new Begun.Session(begun.token());
      }
    };
  }

  /** Whose session this was that has ended a short while ago. */
  Optional<String> lastHolder(Request.SignedIn request) {
    return sessions.lastHolder(request.token());
  }

  Recognised recognise(Request.SignedIn request) {
    // Pages ask for the output of a job by themselves: that keeps nobody signed in.
    Activity activity = request instanceof Request.Output ? Activity.AUTOMATIC : Activity.BY_USER;
    return switch (sessions.check(request.token(), activity)) {
      case Check.Refused(Refusal why) -> new Recognised.Refused(why, "");
      case Check.Stolen(Session session) -> {
        ended(session, "a replaced token came back");
        yield new Recognised.Refused(Refusal.SESS_REVOKED, "a replaced token came back");
      }
      case Check.Authorised authorised ->
          new Recognised.As(
              new Caller(
                  authorised.session(),
                  authorised.user(),
                  languages.choose(authorised.user().language(), request.languages())),
              authorised.freshToken());
    };
  }

  void logout(Request.Logout request) {
    sessions.signOut(request.token()).ifPresent(session -> ended(session, "signed out"));
  }

  /** What has not the form of a name may be a password in the wrong place: it is not kept. */
  static String asTyped(String user) {
    return UserEntry.isName(user) ? user : "(not a name)";
  }

  private void ended(Session session, String reason) {
    audit.record(
        new AuditEvent.SessionEnded(session.user(), digests.of(List.of(session.id())), reason));
  }

  /** The chosen idle limit, in minutes; a wish out of range is cut by the session's limits. */
  private static Optional<Duration> idle(String minutes) {
    return minutes.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMinutes(Long.parseLong(minutes)));
  }
}
