package org.hitc.listener.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;

/** Events for tests. */
final class Events {
  /** One of each kind that can be appended; what marks a torn record is the log's own. */
  static final List<AuditEvent> ONE_OF_EACH =
      List.of(
          new AuditEvent.Started("fis.example.org", "2.0.0"),
          new AuditEvent.KeysInForce(
              "0123456789abcdef",
              "fedcba9876543210",
              List.of("0123456789abcdef", "aaaaaaaaaaaaaaaa of fis-b until 2026-11-24T10:00:00Z"),
              "start"),
          new AuditEvent.ConfigLoaded("budget_12.yaml", "00ff", true),
          new AuditEvent.ConfigLoaded("other.yaml", "", false),
          new AuditEvent.SignIn("anna", "192.0.2.1", true),
          new AuditEvent.SignIn("bert", "192.0.2.1", false),
          new AuditEvent.SignInsCounted(17),
          new AuditEvent.SignInsAskedCounted(18),
          new AuditEvent.SignInAsked("anna", "192.0.2.1", "CODE"),
          new AuditEvent.Administered(
              "0123456789abcdef",
              Instant.parse("2026-11-23T14:02:00Z"),
              "root (0)",
              "sessions-end",
              "user anna"),
          new AuditEvent.Refused(Refusal.WF_ROLE, Optional.of("bert"), "budget_12"),
          new AuditEvent.Refused(Refusal.REQ_SYNTAX, Optional.empty(), ""),
          new AuditEvent.RefusalsCounted(Refusal.REQ_SYNTAX, 900),
          new AuditEvent.GarbageCounted("hint bytes", 4096),
          new AuditEvent.JobAccepted(
              "7K3P-2M",
              "anna",
              "5e55",
              "budget_12",
              "budget",
              List.of("check_open", "budget12"),
              List.of("d1", "d2"),
              List.of("2026-06"),
              true),
          new AuditEvent.JobJoined("8A00-00", "7K3P-2M"),
          new AuditEvent.ProgramStarted("7K3P-2M", "check_open", "service", 4711),
          new AuditEvent.ProgramEnded("7K3P-2M", "check_open", "exit 0", 12),
          new AuditEvent.JobContinued("7K3P-2M", List.of("budget12"), List.of("d3"), true),
          new AuditEvent.ProgramPaused("budget12", "7K3P-2M"),
          new AuditEvent.ProgramResumed("budget12", "7K3P-2M"),
          new AuditEvent.JobEnded("7K3P-2M", "exit 0"),
          new AuditEvent.SessionEnded("anna", "5e55", "signed out"),
          new AuditEvent.RevocationOwed("session 5e55 of anna", "it hung up"),
          new AuditEvent.RevocationTold("session 5e55 of anna"),
          new AuditEvent.LogContinued("audit.log.000000000012"),
          new AuditEvent.RecordsLost(3),
          new AuditEvent.Stopped("fis.example.org"));

  private Events() {}
}
