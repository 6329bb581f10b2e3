package org.hitc.listener.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    assertThat(OpenJobs.in(file)).containsExactly("1111-11", "3333-33");
  }

  @Test
  void are_none_where_there_is_no_log() throws IOException {
    assertThat(OpenJobs.in(folder.resolve("none"))).isEmpty();
  }
}
