package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.listener.audit.AuditRecord.Value;

/**
 * The jobs that a log leaves open: accepted, and not ended. They are what a killed listener could
 * not record any more; the next one records it at its start, so that each accepted job has its end
 * in the log.
 *
 * <p>Reads the last two parts once; memory: the open jobs.
 */
public final class OpenJobs {
  /** In every line that can tell of a job; most others need not be looked at closely. */
  private static final String JOB = "\"job\":\"";

  /** What the log tells of a job that it leaves open. */
  public enum Trace {
    /** No program of it is known to have been started. */
    ACCEPTED,
    /** A program of it was started. */
    BEGUN
  }

  private OpenJobs() {}

  /**
   * By their references, in the order in which they were accepted; none when there is no log. What
   * is no whole record counts for nothing.
   *
   * @param log the part that is written to
   */
  public static Map<String, Trace> in(Path log) throws IOException {
    List<Path> parts = Parts.of(log);
    Map<String, Trace> open = new LinkedHashMap<>();
    // No job lasts for as long as it takes to fill a part.
    for (Path part : parts.subList(Math.max(0, parts.size() - 2), parts.size())) {
      follow(part, open);
    }
    return open;
  }

  private static void follow(Path part, Map<String, Trace> open) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(part, ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(JOB)) {
          RecordReader.read(line.getBytes(ISO_8859_1)).ifPresent(record -> follow(record, open));
        }
      }
    }
  }

  private static void follow(AuditRecord record, Map<String, Trace> open) {
    Optional<String> job =
        record.fields().get("job") instanceof Value.Text(String text)
            ? Optional.of(text)
            : Optional.empty();
    job.ifPresent(reference -> {
      switch (record.event()) {
        case "job-accepted" -> open.put(reference, Trace.ACCEPTED);
        case "program-started" -> open.replace(reference, Trace.BEGUN);
        // It waits for a program that was started for another job, and ends with it.
        case "job-joined" -> open.replace(reference, Trace.BEGUN);
        case "job-ended" -> open.remove(reference);
        default -> {}
      }
    });
  }
}
