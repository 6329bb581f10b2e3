package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jobs that a log leaves open: accepted, and not ended. They are what a killed listener could
 * not record any more; the next one records it at its start, so that each accepted job has its end
 * in the log.
 *
 * <p>Reads the last two parts once; memory: the open jobs.
 */
public final class OpenJobs {
  // No value can imitate this: a quote in a value has a backslash before it.
  private static final Pattern EVENT =
      Pattern.compile(",\"event\":\"(job-accepted|job-ended)\",\"job\":\"([^\"]+)\"");

  private OpenJobs() {}

  /**
   * Their references, in the order in which they were accepted; none when there is no log.
   *
   * @param log the part that is written to
   */
  public static Set<String> in(Path log) throws IOException {
    List<Path> parts = Parts.of(log);
    Set<String> open = new LinkedHashSet<>();
    // No job lasts for as long as it takes to fill a part.
    for (Path part : parts.subList(Math.max(0, parts.size() - 2), parts.size())) {
      follow(part, open);
    }
    return open;
  }

  private static void follow(Path part, Set<String> open) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(part, ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher event = EVENT.matcher(line);
        if (!event.find()) {
          continue;
        }
        if (event.group(1).equals("job-accepted")) {
          open.add(event.group(2));
        } else {
          open.remove(event.group(2));
        }
      }
    }
  }
}
