package org.hitc.listener.desk;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.hitc.channel.hole.Handler;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Messages;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.job.Printouts;
import org.hitc.listener.visit.Visits;
import org.hitc.session.Sessions;
import org.hitc.session.signin.SignIn;

/**
 * What the desks work with.
 *
 * @param signIn who can sign in, and how fast it can be tried
 * @param languages the languages that are offered
 * @param definitions the workflows that are offered, by name
 * @param product the words of the product itself
 * @param source the language that definitions are written in
 */
public record Desks(
    SignIn signIn,
    Sessions sessions,
    Languages languages,
    AuditLog audit,
    ArgumentDigests digests,
    Map<String, Definition> definitions,
    Messages product,
    Language source,
    Visits visits,
    Jobs jobs,
    Printouts printouts,
    InstantSource clock,
    ZoneId zone) {
  public Desks {
    definitions = Map.copyOf(definitions);
  }

  /** The one handler of all requests. */
  public Handler handler() {
    return new Desk(
        new SignInDesk(signIn, sessions, languages, audit, digests),
        new VisitDesk(definitions, product, source, visits, jobs, printouts, clock, zone),
        audit);
  }
}
