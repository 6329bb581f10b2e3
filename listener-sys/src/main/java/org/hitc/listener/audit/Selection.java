package org.hitc.listener.audit;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Picks records while a log is read in its order: those of a job; or of a session or a user, and of
 * the jobs they began. Memory: the jobs that have begun and not ended.
 */
public final class Selection implements Predicate<AuditRecord> {
  private final Optional<String> job;
  private final Optional<String> session;
  private final Optional<String> user;
  private final Optional<Instant> since;
  private final Set<String> begun = new HashSet<>();

  /** Each that is there must be met. */
  public Selection(
      Optional<String> job,
      Optional<String> session,
      Optional<String> user,
      Optional<Instant> since) {
    this.job = job;
    this.session = session;
    this.user = user;
    this.since = since;
  }

  @Override
  public boolean test(AuditRecord record) {
    boolean ofTheirs = belongs(record);
    return ofTheirs
        && job.filter(reference -> !tellsOf(record, reference)).isEmpty()
        && since.filter(record.at()::isBefore).isEmpty();
  }

  private boolean belongs(AuditRecord record) {
    if (session.isEmpty() && user.isEmpty()) {
      return true;
    }
    String reference = record.text("job");
    boolean own =
        session.filter(s -> !s.equals(record.text("session"))).isEmpty()
            && user.filter(u -> !u.equals(record.text("user"))).isEmpty();
    if (own && record.event().equals("job-accepted")) {
      begun.add(reference);
    }
    boolean ofTheirs = own || begun.contains(reference);
    if (record.event().equals("job-ended")) {
      begun.remove(reference);
    }
    return ofTheirs;
  }

  private static boolean tellsOf(AuditRecord record, String job) {
    return record.text("job").equals(job)
        || record.text("joined").equals(job)
        || record.text("detail").contains(job);
  }
}
