package org.hitc.listener.desk;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.job.JobHandle;
import org.hitc.listener.job.JobRecord;
import org.hitc.listener.job.JobView;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.page.Parameters;
import org.hitc.listener.visit.StoredPage;
import org.hitc.listener.visit.Visits;
import org.hitc.listener.visit.WriteMark;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.workflow.engine.Changed;
import org.hitc.workflow.engine.Context;
import org.hitc.workflow.engine.Event;
import org.hitc.workflow.engine.InputReader;
import org.hitc.workflow.engine.Invocation;
import org.hitc.workflow.engine.Known;
import org.hitc.workflow.engine.Outcome;
import org.hitc.workflow.engine.Pending;
import org.hitc.workflow.engine.ProgramResult;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Visible;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a visit one page further: asks the engine, starts a job where programs have to run, keeps
 * the page. A job that ends within a second is answered with its page, any other with its own.
 */
final class Walk {
  private static final Logger LOG = LoggerFactory.getLogger(Walk.class);

  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** Two that are drawn at the same moment are hardly ever the same, and never so often. */
  private static final int REFERENCES = 5;

  private final Visits visits;
  private final Jobs jobs;
  private final AuditLog audit;
  private final InstantSource clock;
  private final ZoneId zone;

  Walk(Visits visits, Jobs jobs, AuditLog audit, InstantSource clock, ZoneId zone) {
    this.visits = visits;
    this.jobs = jobs;
    this.audit = audit;
    this.clock = clock;
    this.zone = zone;
  }

  /** What came of an event. */
  sealed interface Step {
    /** This is the answer. */
    record Done(Answered answer) implements Step {}

    /** The submitted form again, with what is wrong; nothing is kept of it. */
    record Again(Snapshot form) implements Step {}
  }

  /**
   * Takes a visit further.
   *
   * @param input reads what was typed
   */
  Step go(Caller caller, Place place, Event event, InputReader input) throws InterruptedException {
    if (!visits.hasRoom(caller.name())) {
      return refused(Refusal.BUSY, "too many pages are kept for this user");
    }
    for (int tries = 0; tries < REFERENCES; tries++) {
      Optional<Step> step = go(caller, place, event, input, jobs.freshReference());
      if (step.isPresent()) {
        return step.get();
      }
    }
    return refused(Refusal.BUSY, "others were faster with each reference");
  }

  /** Nothing when somebody else has taken the reference meanwhile. */
  private Optional<Step> go(
      Caller caller, Place place, Event event, InputReader input, String reference)
      throws InterruptedException {
    Context context =
        new Context(
            caller.name(),
            caller.language().tag(),
            LocalDate.ofInstant(clock.instant(), zone),
            reference,
            visits::freshId,
            input);
    return switch (place.definition().engine().advance(place.position(), event, context)) {
      case Outcome.Run run -> run(caller, place, run, context).map(Step.Done::new);
      case Outcome.Show(Snapshot page, _) -> Optional.of(new Step.Done(keep(caller, place, page)));
      case Outcome.Invalid(Snapshot form) -> Optional.of(new Step.Again(form));
      case Outcome.Refuse(Refusal why, String detail, _) -> Optional.of(refused(why, detail));
    };
  }

  private static Step refused(Refusal why, String detail) {
    return new Step.Done(new Answered.Refused(why, detail));
  }

  private Answered keep(Caller caller, Place place, Snapshot snapshot) {
    PageAddress address = freshAddress(place);
    StoredPage page = page(place, snapshot, Optional.empty());
    return visits.keep(caller.name(), address, place.begins(), page, place.also())
        ? new Answered.With(new Reply.Moved(address))
        : new Answered.Refused(Refusal.ROWS_LIMIT, "the page is too large to be kept");
  }

  private Optional<Answered> run(Caller caller, Place place, Outcome.Run run, Context context)
      throws InterruptedException {
    String reference = context.job();
    boolean writes = place.isConfirm() || run.chain().stream().anyMatch(Invocation::writes);
    Optional<Entry> mark =
        writes
            ? Optional.of(
                visits.mark(
                    caller.name(),
                    place.address(),
                    place.step(),
                    new WriteMark(place.address().page(), reference, clock.instant())))
            : Optional.empty();
    List<Change> with = new ArrayList<>(place.also());
    mark.map(Visits::taken).ifPresent(with::add);
    Jobs.Order order =
        new Jobs.Order(
            reference,
            caller.name(),
            caller.language().tag(),
            caller.session().id(),
            caller.grant(),
            place.definition().workflow().name(),
            run.pending().step(),
            writes,
            Parameters.of(place.definition().workflow(), run.pending().known()),
            place.choices(),
            with);
    Course course = new Course(caller.name(), place, context, mark, run.pending());
    return switch (jobs.start(order, run.chain(), course)) {
      case Jobs.Accepted.Refused(Refusal why, String detail) ->
          Optional.of(new Answered.Refused(why, detail));
      case Jobs.Accepted.Conflict() -> Optional.of(firstReceipt(caller, place));
      case Jobs.Accepted.Taken() -> Optional.empty();
      case Jobs.Accepted.Started(JobHandle job) -> Optional.of(answer(job));
    };
  }

  private static Answered answer(JobHandle job) throws InterruptedException {
    try {
      JobRecord ended = job.ended().get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
      return new Answered.With(
          ended.page().<Reply>map(Reply.Moved::new).orElse(new Reply.Begun(job.reference())));
    } catch (TimeoutException _) {
      return new Answered.With(new Reply.Begun(job.reference()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a job is never exceptional", e);
    }
  }

  /** Somebody was first: a double click, a second tab, a page that was gone back to. */
  private Answered firstReceipt(Caller caller, Place place) throws InterruptedException {
    Optional<WriteMark> first = visits.taker(caller.name(), place.address(), place.step());
    boolean same = first.filter(f -> f.page().equals(place.address().page())).isPresent();
    Refusal why = same ? Refusal.WF_REPLAY : Refusal.WF_STALE;
    Optional<JobView> job = first.flatMap(f -> jobs.find(caller.name(), f.job()));
    if (job.isEmpty()) {
      return new Answered.Refused(why, "no job of the first time is known");
    }
    audit.record(
        new AuditEvent.Refused(
            why, Optional.of(caller.name()), "job " + job.get().reference() + " was first"));
    // It is most likely about to end: its receipt is better than the page of a running job.
    job.get().awaitMore(Long.MAX_VALUE, AT_ONCE);
    return new Answered.With(
        job.get()
            .record()
            .page()
            .<Reply>map(Reply.Done::new)
            .orElse(new Reply.Begun(job.get().reference())));
  }

  private StoredPage page(Place place, Snapshot snapshot, Optional<String> reference) {
    return new StoredPage(
        visits.freshId(), clock.instant(), reference, place.trailTo(snapshot.step()), snapshot);
  }

  private PageAddress freshAddress(Place place) {
    return new PageAddress(place.address().workflow(), place.address().visit(), visits.freshId());
  }

  /** The course of one job: what comes after each of its chains. Used by the job's thread only. */
  private final class Course implements Jobs.Continuation {
    private final String user;
    private final Place place;
    private final Context context;
    private final Optional<Entry> mark;
    private Pending pending;

    Course(String user, Place place, Context context, Optional<Entry> mark, Pending pending) {
      this.user = user;
      this.place = place;
      this.context = context;
      this.mark = mark;
      this.pending = pending;
    }

    @Override
    public Jobs.Next after(List<ProgramResult> results) {
      return switch (place
          .definition()
          .engine()
          .advance(pending, new Event.JobEnded(results), context)) {
        case Outcome.Run(List<Invocation> chain, Pending next) -> {
          pending = next;
          yield new Jobs.Next.Run(chain);
        }
        case Outcome.Show(Snapshot page, Changed changed) -> end(page, changed);
        case Outcome.Invalid(Snapshot form) -> end(form, Changed.NO);
        case Outcome.Refuse(Refusal why, String detail, Changed changed) -> {
          audit.record(new AuditEvent.Refused(why, Optional.of(user), detail));
          yield end(pending.stopped(why, detail, changed, mark.isPresent()), changed);
        }
      };
    }

    private Jobs.Next end(Snapshot snapshot, Changed changed) {
      detail(snapshot.view()).ifPresent(this::tell);
      PageAddress address = freshAddress(place);
      StoredPage page = page(place, snapshot, Optional.of(context.job()));
      Optional<List<Change>> kept = visits.changes(user, address, place.begins(), page);
      StoredPage shown = kept.isPresent() ? page : tooLarge(snapshot, changed);
      List<Change> changes =
          new ArrayList<>(
              kept.or(() -> visits.changes(user, address, place.begins(), shown)).orElseThrow());
      if (changed == Changed.NO) {
        mark.map(Change::delete).ifPresent(changes::add);
      }
      return new Jobs.Next.End(Optional.of(address), changes, isGood(shown.snapshot().view()));
    }

    /** What is wrong with a program or its output, for whoever looks after it. */
    private void tell(String detail) {
      LOG.warn(
          "job {} of {}.{}: {}",
          context.job(),
          place.address().workflow(),
          pending.step(),
          Visible.of(detail));
    }

    /**
     * Instead of a page that cannot be kept; of a fixed size, so that it can. A report can still be
     * looked at as it was printed.
     */
    private StoredPage tooLarge(Snapshot snapshot, Changed changed) {
      String detail = "the page is too large to be kept";
      tell(Refusal.ROWS_LIMIT.code() + " " + detail);
      Snapshot stopped = pending.stopped(Refusal.ROWS_LIMIT, detail, changed, mark.isPresent());
      View view =
          snapshot.view() instanceof View.Report report
              ? new View.Printout(
                  report.title(),
                  report.program(),
                  report.encoding(),
                  Optional.of(Refusal.ROWS_LIMIT),
                  Optional.of(detail),
                  false,
                  false)
              : stopped.view();
      return new StoredPage(
          visits.freshId(),
          clock.instant(),
          Optional.of(context.job()),
          List.of(),
          new Snapshot(stopped.hash(), stopped.step(), Known.NOTHING, List.of(), view));
    }
  }

  private static Optional<String> detail(View view) {
    return switch (view) {
      case View.Stopped stopped -> Optional.of(stopped.why().code() + " " + stopped.detail());
      case View.Printout printout ->
          printout.why().flatMap(why -> printout.detail().map(d -> why.code() + " " + d));
      case View.Form _, View.Confirm _, View.Report _, View.Done _ -> Optional.empty();
    };
  }

  private static boolean isGood(View view) {
    return switch (view) {
      case View.Stopped _ -> false;
      case View.Form form -> form.problems().isEmpty();
      case View.Printout printout -> printout.why().isEmpty();
      case View.Confirm _, View.Report _, View.Done _ -> true;
    };
  }
}
