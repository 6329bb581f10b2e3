package org.hitc.listener;

import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.grant.Revocations;

/** What became of revocations, for the audit log. */
final class AuditedRevocations implements Revocations.Told {
  private final AuditLog audit;

  AuditedRevocations(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  public void owed(String subject, String why) {
    audit.record(new AuditEvent.RevocationOwed(subject, why));
  }

  @Override
  public void late(String subject) {
    audit.record(new AuditEvent.RevocationTold(subject));
  }
}
