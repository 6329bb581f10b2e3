package org.hitc.listener.desk;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.hitc.channel.hole.Handler;
import org.hitc.i18n.input.LocalInputs;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.grant.Revocations;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.job.Printouts;
import org.hitc.listener.page.Readers;
import org.hitc.listener.page.SheetReader;
import org.hitc.listener.page.Typing;
import org.hitc.listener.visit.Uploads;
import org.hitc.listener.visit.Visits;
import org.hitc.session.Sessions;
import org.hitc.session.signin.SignIn;

/**
 * What the desks work with.
 *
 * @param signIn who can sign in, and how fast it can be tried
 * @param workflows what is offered now
 * @param revocations what happens to the grants of sessions that end
 */
public record Desks(
    SignIn signIn,
    Sessions sessions,
    AuditLog audit,
    ArgumentDigests digests,
    Supplier<Workflows> workflows,
    Readers readers,
    Visits visits,
    Uploads uploads,
    Jobs jobs,
    Printouts printouts,
    InstantSource clock,
    ZoneId zone,
    Revocations revocations) {

  /** The one handler of all requests. */
  public Handler handler() {
    SessionEnds ends = new SessionEnds(audit, digests, revocations);
    HomeDesk home = new HomeDesk(jobs, readers);
    return new Desk(
        new SignInDesk(signIn, sessions, workflows, audit, ends),
        home,
        new VisitDesk(
            visits,
            new Walk(visits, jobs, audit, clock, zone),
            uploads,
            readers,
            new Typing(new LocalInputs(), clock, zone),
            new SheetReader(printouts),
            new ReportFiles(printouts, readers)),
        new JobDesk(jobs, home, readers, clock),
        new SessionDesk(sessions, visits, home, readers, workflows, digests, ends),
        audit);
  }
}
