package org.hitc.listener;

import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.RequestId;
import org.hitc.channel.hole.Observer;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens at the hole into the audit log. */
final class AuditedHole implements Observer {
  private static final Logger LOG = LoggerFactory.getLogger(AuditedHole.class);

  private final AuditLog audit;

  AuditedHole(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  public void refused(Optional<RequestId> id, Refusal why, String detail) {
    audit.record(new AuditEvent.Refused(why, Optional.empty(), about(id) + detail));
  }

  @Override
  public void interrupted(RequestId id) {
    audit.record(
        new AuditEvent.Refused(
            Refusal.JOB_EXPIRED, Optional.empty(), "claimed by an earlier listener: " + id));
  }

  @Override
  public void garbage(long bytes) {
    audit.record(new AuditEvent.GarbageCounted("hint bytes", bytes));
  }

  @Override
  public void failed(Optional<RequestId> id, Throwable cause) {
    LOG.error("{}failed", about(id), cause);
    audit.record(
        new AuditEvent.Refused(
            Refusal.INTERNAL, Optional.empty(), about(id) + cause.getClass().getSimpleName()));
  }

  private static String about(Optional<RequestId> id) {
    return id.map(i -> "request " + i + ": ").orElse("");
  }
}
