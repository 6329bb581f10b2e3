package org.hitc.listener.desk;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.listener.job.JobView;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.page.JobPages;
import org.hitc.listener.page.LiveText;
import org.hitc.listener.page.Readers;

/** Handles what is about jobs: their list, the page of one, what it prints, its end. */
final class JobDesk {
  private static final int LISTED = 100;

  /** Readers that are being sent output as it is printed, of all users together. */
  private static final int FOLLOWERS = 24;

  /** How long one of them is; then its page says that one can look again. */
  private static final Duration LONGEST = Duration.ofSeconds(50);

  private final Jobs jobs;
  private final HomeDesk home;
  private final Readers readers;
  private final InstantSource clock;
  private final Semaphore followers = new Semaphore(FOLLOWERS);

  JobDesk(Jobs jobs, HomeDesk home, Readers readers, InstantSource clock) {
    this.jobs = jobs;
    this.home = home;
    this.readers = readers;
    this.clock = clock;
  }

  Answered list(Caller caller) {
    JobPages pages = pages(caller);
    return new Answered.With(
        new Reply.Show(
            pages.list(
                jobs.list(caller.name(), LISTED).stream()
                    .filter(job -> home.isOfInterest(caller, job))
                    .map(job -> pages.line(job, home.title(caller, job.record().workflow())))
                    .toList())));
  }

  Answered page(Caller caller, Request.Job request) {
    return jobs.find(caller.name(), request.job())
        .<Answered>map(job -> new Answered.With(reply(caller, job)))
        .orElseGet(() -> new Answered.Refused(Refusal.JOB_UNKNOWN, request.job()));
  }

  Answered cancel(Caller caller, Request.Cancel request) {
    return jobs.cancel(caller.name(), request.job())
        ? new Answered.With(new Reply.Cancelled(request.job()))
        : new Answered.Refused(Refusal.JOB_UNKNOWN, request.job());
  }

  Answered output(Caller caller, Request.Output request) throws IOException {
    Optional<JobView> job = jobs.find(caller.name(), request.job());
    if (job.isEmpty()) {
      return new Answered.Refused(Refusal.JOB_UNKNOWN, request.job());
    }
    long from = Long.parseLong(request.from());
    return request.follow().equals("yes")
        ? followed(caller, job.get(), from)
        : now(caller, job.get(), from);
  }

  private Answered now(Caller caller, JobView job, long from) throws IOException {
    // First the state: what is printed until a job has ended is there when it is said to have.
    Page.JobState state = JobPages.state(job);
    LiveText text = LiveText.of(job.output(from));
    return new Answered.WithBytes(
        new Reply.Output(state, pages(caller).status(job), text.next()),
        to -> {
          to.write(text.utf8());
          return Optional.empty();
        });
  }

  private Answered followed(Caller caller, JobView job, long from) {
    Reply.Output reply = new Reply.Output(JobPages.state(job), pages(caller).status(job), from);
    return new Answered.WithBytes(reply, to -> follow(job, from, to));
  }

  /** Sends what is printed as it is printed. It is whole only when the job has ended. */
  private Optional<Refusal> follow(JobView job, long from, OutputStream to)
      throws IOException, InterruptedException {
    if (!followers.tryAcquire()) {
      return Optional.of(Refusal.BUSY);
    }
    try {
      long deadline = System.nanoTime() + LONGEST.toNanos();
      long next = from;
      for (long left = 1; left > 0; left = deadline - System.nanoTime()) {
        JobView.Live piece = job.output(next);
        LiveText text = LiveText.of(piece);
        next = text.next();
        if (text.utf8().length > 0) {
          to.write(text.utf8());
        } else if (piece.bytes().length == 0 && piece.last()) {
          return Optional.empty();
        } else {
          // Not next: the rest of a character that has only begun is waited for, too.
          job.awaitMore(
              piece.offset() + piece.bytes().length,
              Duration.ofNanos(deadline - System.nanoTime()));
        }
      }
      return Optional.of(Refusal.RESULT_TRUNCATED);
    } finally {
      followers.release();
    }
  }

  private Reply reply(Caller caller, JobView job) {
    JobPages pages = pages(caller);
    return switch (job.progress()) {
      case JobView.Progress.Ended(var record) ->
          record
              .page()
              .<Reply>map(Reply.Moved::new)
              .orElseGet(() -> new Reply.Show(pages.withoutPage(job)));
      case JobView.Progress.Waiting _, JobView.Progress.Running _ ->
          new Reply.Show(pages.running(job, home.title(caller, job.record().workflow())));
    };
  }

  private JobPages pages(Caller caller) {
    return new JobPages(readers.of(caller.reading()), clock.instant());
  }
}
