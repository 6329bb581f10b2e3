package org.hitc.listener.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The open jobs of a log")
class OpenJobsTest {
  @TempDir Path folder;

  private static AuditEvent accepted(String job, String choice) {
    return new AuditEvent.JobAccepted(
        job, "anna", "digest", "w", "s", List.of(), List.of(), List.of(choice), false);
  }

  @Test
  void are_those_that_were_accepted_and_have_not_ended_whatever_users_type() throws IOException {
    Path file = folder.resolve("audit.log");
    try (AuditLog log = AuditLog.open(file, InstantSource.system())) {
      log.append(accepted("1111-11", ",\"event\":\"job-ended\",\"job\":\"1111-11\""));
      log.append(accepted("2222-22", ""));
      log.append(new AuditEvent.Started("fis", "2"));
      log.append(accepted("3333-33", "\\\",\"event\":\"job-accepted\",\"job\":\"4444-44\""));
      log.append(new AuditEvent.JobEnded("2222-22", "done"));
    }

    assertThat(OpenJobs.in(file))
        .containsExactly(
            entry("1111-11", OpenJobs.Trace.ACCEPTED), entry("3333-33", OpenJobs.Trace.ACCEPTED));
  }

  @Test
  void are_told_apart_by_whether_a_program_was_started_for_them() throws IOException {
    Path file = folder.resolve("audit.log");
    try (AuditLog log = AuditLog.open(file, InstantSource.system())) {
      log.append(accepted("1111-11", ""));
      log.append(accepted("2222-22", ""));
      log.append(new AuditEvent.ProgramStarted("2222-22", "report", "service", 7));
      log.append(new AuditEvent.ProgramEnded("2222-22", "report", "exit 0", 1));
      log.append(accepted("3333-33", ""));
      log.append(new AuditEvent.JobJoined("3333-33", "2222-22"));
      log.append(new AuditEvent.ProgramStarted("4444-44", "report", "user", 8));
    }

    assertThat(OpenJobs.in(file))
        .containsExactly(
            entry("1111-11", OpenJobs.Trace.ACCEPTED),
            entry("2222-22", OpenJobs.Trace.BEGUN),
            entry("3333-33", OpenJobs.Trace.BEGUN));
  }

  @Test
  void are_not_read_out_of_what_a_crash_has_torn() throws IOException {
    Path file = folder.resolve("audit.log");
    try (AuditLog log = AuditLog.open(file, InstantSource.system())) {
      log.append(accepted("1111-11", ""));
      log.append(new AuditEvent.JobEnded("1111-11", "done"));
      log.append(accepted("2222-22", ""));
    }
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 10));
    AuditLog.open(file, InstantSource.system()).close();

    assertThat(OpenJobs.in(file)).isEmpty();
  }

  @Test
  void are_none_where_there_is_no_log() throws IOException {
    assertThat(OpenJobs.in(folder.resolve("none"))).isEmpty();
  }
}
