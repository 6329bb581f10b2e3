package org.hitc.listener.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;
import org.hitc.listener.job.JobRecord;
import org.hitc.listener.job.JobView;

/**
 * Pages about jobs, in the words of their reader.
 *
 * @param now the moment that elapsed times are told for
 */
public record JobPages(Reader reader, Instant now) {
  private static final long MINUTE = 60;

  /** S16. */
  public Page list(List<Page.JobLine> lines) {
    return new Page.JobList(
        Pages.frame(reader, reader.message("jobs.heading", Map.of()), Optional.empty()), lines);
  }

  /**
   * One line of the list.
   *
   * @param title of its workflow
   */
  public Page.JobLine line(JobView job, Text title) {
    JobRecord record = job.record();
    boolean repeatable = !record.writes() && record.ended().isPresent();
    Optional<PageAddress> again = repeatable ? record.page() : Optional.empty();
    return new Page.JobLine(
        job.reference(),
        reader.words().formats().dateTime(record.started()),
        title,
        String.join(", ", record.parameters()),
        state(job),
        reader.message(
            "jobs.state_of", Map.of("state", state(job).name().toLowerCase(java.util.Locale.ROOT))),
        again);
  }

  /** S6. */
  public Page running(JobView job, Text title) {
    Optional<Text> warning =
        job.record().writes()
            ? Optional.of(reader.message("running.cancel_writes", Map.of()))
            : Optional.empty();
    return new Page.Running(
        Pages.frame(reader, title, Optional.of(job.reference())),
        job.reference(),
        state(job),
        status(job),
        String.join(", ", job.record().parameters()),
        warning);
  }

  /** A job that has ended and left no page: cancelled before there was one, or lost. */
  public Page withoutPage(JobView job) {
    JobRecord record = job.record();
    Refusal why =
        switch (record.state()) {
          case UNKNOWN -> Refusal.JOB_LOST;
          case CANCELLED -> Refusal.JOB_CANCELLED;
          case RUNNING, DONE, FAILED -> Refusal.ofCode(record.outcome()).orElse(Refusal.JOB_FAILED);
        };
    Text words = reader.message(why.messageKey(), Map.of());
    return new Page.Stopped(
        Pages.frame(reader, words, Optional.of(job.reference())),
        why,
        words,
        Optional.empty(),
        Pages.consequence(record.changed(), record.writes(), why, reader),
        Pages.help(record.changed(), why, reader),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** What can be said of a job now, in a sentence or two. */
  public Text status(JobView job) {
    return switch (job.progress()) {
      case JobView.Progress.Waiting(int before) ->
          reader.message("running.waiting", Map.of("before", before));
      case JobView.Progress.Running _ -> running(job);
      case JobView.Progress.Ended _ -> reader.message("running.ended", Map.of());
    };
  }

  private Text running(JobView job) {
    String elapsed = length(job.elapsed(now));
    if (job.node().isPresent()) {
      return reader.message(
          "running.elsewhere", Map.of("elapsed", elapsed, "node", job.node().get()));
    }
    return job.usual()
        .map(usual ->
            reader.message(
                "running.usually",
                Map.of(
                    "elapsed", elapsed,
                    "low", length(usual.low()),
                    "high", length(usual.high()))))
        .orElseGet(() -> reader.message("running.for", Map.of("elapsed", elapsed)));
  }

  private String length(Duration duration) {
    long seconds = Math.max(1, duration.toSeconds());
    return seconds < 2 * MINUTE
        ? reader.message("time.seconds", Map.of("seconds", seconds)).value()
        : reader.message("time.minutes", Map.of("minutes", seconds / MINUTE)).value();
  }

  /** Where a job stands. */
  public static Page.JobState state(JobView job) {
    return switch (job.progress()) {
      case JobView.Progress.Waiting _ -> Page.JobState.WAITING;
      case JobView.Progress.Running _ -> Page.JobState.RUNNING;
      case JobView.Progress.Ended(JobRecord record) ->
          switch (record.state()) {
            case RUNNING -> Page.JobState.RUNNING;
            case DONE -> Page.JobState.DONE;
            case FAILED -> Page.JobState.FAILED;
            case CANCELLED -> Page.JobState.CANCELLED;
            case UNKNOWN -> Page.JobState.UNKNOWN;
          };
    };
  }
}
