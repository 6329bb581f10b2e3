package org.hitc.listener.desk;

import java.util.List;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.grant.Revocation;
import org.hitc.listener.grant.Revocations;
import org.hitc.session.Session;

/** What follows the end of a session: its grant ends, and the audit log says so. */
final class SessionEnds {
  private final AuditLog audit;
  private final ArgumentDigests digests;
  private final Revocations revocations;

  SessionEnds(AuditLog audit, ArgumentDigests digests, Revocations revocations) {
    this.audit = audit;
    this.digests = digests;
    this.revocations = revocations;
  }

  /** It has ended before its time. */
  void early(Session session, String reason) {
    byTime(session);
    audit.record(new AuditEvent.SessionEnded(session.user(), digest(session), reason));
  }

  /** It has ended by its time, of which there is no record. */
  void byTime(Session session) {
    session
        .grant()
        .ifPresent(grant ->
            revocations.end(
                new Revocation.OfGrant(grant),
                "session " + digest(session) + " of " + session.user()));
  }

  private String digest(Session session) {
    return digests.of(List.of(session.id()));
  }
}
