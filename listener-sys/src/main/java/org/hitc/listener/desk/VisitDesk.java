package org.hitc.listener.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.Text;
import org.hitc.i18n.Language;
import org.hitc.i18n.Messages;
import org.hitc.listener.job.JobHandle;
import org.hitc.listener.job.JobRecord;
import org.hitc.listener.job.JobView;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.job.Printouts;
import org.hitc.listener.page.CsvFile;
import org.hitc.listener.page.PageWords;
import org.hitc.listener.page.Pages;
import org.hitc.listener.page.Reader;
import org.hitc.listener.page.SheetReader;
import org.hitc.listener.visit.StoredPage;
import org.hitc.listener.visit.Visits;
import org.hitc.session.store.Change;
import org.hitc.workflow.engine.Context;
import org.hitc.workflow.engine.Event;
import org.hitc.workflow.engine.InputReader;
import org.hitc.workflow.engine.Invocation;
import org.hitc.workflow.engine.Offer;
import org.hitc.workflow.engine.Outcome;
import org.hitc.workflow.engine.Position;
import org.hitc.workflow.engine.ProgramResult;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;

/** Handles what is about workflows: the home page, visits, their pages and files. */
final class VisitDesk {
  private static final int SHOWN_JOBS = 50;

  private final Map<String, Definition> definitions;
  private final Messages product;
  private final Language source;
  private final Visits visits;
  private final Jobs jobs;
  private final Printouts printouts;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * @param definitions by name of the workflow
   * @param product the words of the product itself
   * @param source the language that definitions are written in
   */
  VisitDesk(
      Map<String, Definition> definitions,
      Messages product,
      Language source,
      Visits visits,
      Jobs jobs,
      Printouts printouts,
      InstantSource clock,
      ZoneId zone) {
    this.definitions = Map.copyOf(definitions);
    this.product = product;
    this.source = source;
    this.visits = visits;
    this.jobs = jobs;
    this.printouts = printouts;
    this.clock = clock;
    this.zone = zone;
  }

  Answered home(Caller caller) {
    Reader reader = reader(caller, product);
    Map<String, List<Definition>> groups = new java.util.TreeMap<>();
    definitions.values().stream()
        .filter(d -> caller.may(d.workflow()))
        .forEach(d ->
            groups.computeIfAbsent(d.workflow().group().orElse(""), _ -> new ArrayList<>()).add(d));
    List<Page.Group> shown =
        groups.entrySet().stream().map(g -> group(caller, g.getKey(), g.getValue())).toList();
    List<Page.RunningJob> running =
        jobs.list(caller.name(), SHOWN_JOBS).stream()
            .filter(job -> job.record().ended().isEmpty())
            .map(job -> runningJob(caller, job, reader))
            .toList();
    return new Answered.With(
        new Reply.Show(
            new Page.Home(
                Pages.frame(reader, PageWords.home(reader), Optional.empty()), shown, running)));
  }

  Answered start(Caller caller, Request.Start request) throws IOException, InterruptedException {
    Optional<Definition> definition = Optional.ofNullable(definitions.get(request.workflow()));
    if (definition.isEmpty()) {
      return new Answered.Refused(Refusal.WF_UNKNOWN, request.workflow());
    }
    if (!caller.may(definition.get().workflow())) {
      return new Answered.Refused(Refusal.WF_ROLE, request.workflow());
    }
    Place place =
        new Place(
            definition.get(),
            visits.freshId(),
            new Position.Beginning(),
            List.of(),
            List.of(),
            Optional.empty());
    return advance(caller, place, new Event.Start(request.values()));
  }

  Answered view(Caller caller, Request.View request) throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return with(
        caller,
        address,
        (definition, page) -> new Answered.With(show(caller, definition, address, page)));
  }

  Answered submit(Caller caller, Request.Submit request) throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return with(
        caller,
        address,
        (definition, page) -> {
          if (!page.ticket().equals(request.ticket())) {
            return new Answered.Refused(Refusal.WF_STEP, "not the ticket of the page");
          }
          List<String> chosen = request.values().values().stream().flatMap(List::stream).toList();
          Optional<StoredPage> filled = page.filledIn(request.values(), visits.freshId());
          PageAddress aside =
              filled.isPresent()
                  ? new PageAddress(address.workflow(), address.visit(), visits.freshId())
                  : address;
          List<Change> also = filled.map(f -> visits.aside(aside, f)).stream().toList();
          return advance(
              caller,
              Place.after(definition, address, page, chosen).backBy(aside, also),
              new Event.Submit(request.values()));
        });
  }

  Answered follow(Caller caller, Request.Follow request) throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return with(
        caller,
        address,
        (definition, page) ->
            advance(
                caller,
                Place.after(definition, address, page, List.of(request.offer())),
                new Event.Follow(request.offer())));
  }

  Answered cancel(Caller caller, Request.Cancel request) {
    return jobs.cancel(caller.name(), request.job())
        ? new Answered.With(new Reply.Cancelled(request.job()))
        : new Answered.Refused(Refusal.JOB_UNKNOWN, request.job());
  }

  Answered download(Caller caller, Request.Download request)
      throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return with(
        caller, address, (definition, page) -> file(caller, definition, page, request.format()));
  }

  /**
   * Where a visit stands.
   *
   * @param trail pages that led here, the current one included
   * @param chosen handles in the request that may be offers of the current page
   * @param also changes to be made with the next page
   */
  private record Place(
      Definition definition,
      String visit,
      Position position,
      List<StoredPage.Ancestor> trail,
      List<String> chosen,
      Optional<StoredPage> page,
      Optional<PageAddress> address,
      List<Change> also) {

    Place(
        Definition definition,
        String visit,
        Position position,
        List<StoredPage.Ancestor> trail,
        List<String> chosen,
        Optional<StoredPage> page) {
      this(definition, visit, position, trail, chosen, page, Optional.empty(), List.of());
    }

    static Place after(
        Definition definition, PageAddress address, StoredPage page, List<String> chosen) {
      List<StoredPage.Ancestor> trail = new ArrayList<>(page.trail());
      trail.add(
          new StoredPage.Ancestor(
              address.page(), page.snapshot().step(), PageWords.title(page.snapshot().view())));
      return new Place(
          definition,
          address.visit(),
          page.snapshot(),
          trail,
          chosen,
          Optional.of(page),
          Optional.of(address),
          List.of());
    }

    /**
     * The way back leads to another page than the one that was submitted: to its filled-in form.
     */
    Place backBy(PageAddress aside, List<Change> changes) {
      List<StoredPage.Ancestor> ways = new ArrayList<>(trail);
      StoredPage.Ancestor last = ways.removeLast();
      ways.add(new StoredPage.Ancestor(aside.page(), last.step(), last.title()));
      return new Place(definition, visit, position, ways, chosen, page, address, changes);
    }

    /** What was chosen, as it was offered: handle, value and label. */
    List<String> choices() {
      return page.stream()
          .flatMap(p -> p.snapshot().offers().stream())
          .filter(o -> chosen.contains(o.handle()))
          .map(Place::words)
          .toList();
    }

    private static String words(Offer offer) {
      return offer.handle() + " " + offer.value() + " " + offer.label();
    }
  }

  /** Something to do with a page that is the caller's. */
  private interface PageTask {
    Answered apply(Definition definition, StoredPage page) throws IOException, InterruptedException;
  }

  private Answered with(Caller caller, PageAddress address, PageTask task)
      throws IOException, InterruptedException {
    Optional<Definition> definition = Optional.ofNullable(definitions.get(address.workflow()));
    if (definition.isEmpty()) {
      return new Answered.Refused(Refusal.WF_UNKNOWN, address.workflow());
    }
    if (!caller.may(definition.get().workflow())) {
      return new Answered.Refused(Refusal.WF_ROLE, address.workflow());
    }
    return switch (visits.find(caller.name(), address)) {
      case Visits.Found.Refused(Refusal why, String detail) -> new Answered.Refused(why, detail);
      case Visits.Found.Page(StoredPage page) -> task.apply(definition.get(), page);
    };
  }

  /** Asks the engine what is to be done; what takes programs is done by a job. */
  private Answered advance(Caller caller, Place place, Event event) throws InterruptedException {
    String reference = jobs.freshReference();
    Context context =
        new Context(
            caller.name(),
            caller.language().tag(),
            LocalDate.ofInstant(clock.instant(), zone),
            reference,
            visits::freshId,
            InputReader.canonical());
    return switch (place.definition().engine().advance(place.position(), event, context)) {
      case Outcome.Run run -> run(caller, place, run, reference, context);
      case Outcome.Show(Snapshot snapshot) -> {
        StoredPage page = page(place, snapshot, Optional.empty());
        PageAddress address = freshAddress(place);
        yield visits.keep(caller.name(), address, place.trail().isEmpty(), page, place.also())
            ? new Answered.With(new Reply.Moved(address))
            : tooLarge();
      }
      case Outcome.Invalid(Snapshot page) -> invalid(caller, place, page);
      case Outcome.Refuse(Refusal why, String detail) -> new Answered.Refused(why, detail);
    };
  }

  private static Answered tooLarge() {
    return new Answered.Refused(Refusal.ROWS_LIMIT, "the page is too large to be kept");
  }

  /** Starts a job and, for now, waits for its end. */
  private Answered run(
      Caller caller, Place place, Outcome.Run run, String reference, Context context)
      throws InterruptedException {
    Jobs.Order order =
        new Jobs.Order(
            reference,
            caller.name(),
            caller.language().tag(),
            caller.session().id(),
            place.definition().workflow().name(),
            run.pending().step(),
            run.chain().stream().anyMatch(Invocation::writes),
            List.of(),
            place.choices(),
            List.of());
    AtomicReference<Answered> answer =
        new AtomicReference<>(
            new Answered.Refused(Refusal.INTERNAL, "the job " + reference + " made no page"));
    Jobs.Accepted accepted =
        jobs.start(
            order,
            run.chain(),
            results -> {
              Made made = made(caller, place, run, reference, context, results);
              answer.set(made.answer());
              return made.end();
            });
    return switch (accepted) {
      case Jobs.Accepted.Refused(Refusal why, String detail) -> new Answered.Refused(why, detail);
      case Jobs.Accepted.Conflict() ->
          new Answered.Refused(Refusal.WF_REPLAY, "somebody else was first");
      case Jobs.Accepted.Started(JobHandle job) -> {
        JobRecord ended = ended(job);
        yield ended.outcome().equals(Refusal.STORE.code()) && ended.page().isEmpty()
            ? new Answered.Refused(Refusal.STORE, "how job " + reference + " ended")
            : answer.get();
      }
    };
  }

  private static JobRecord ended(JobHandle job) throws InterruptedException {
    try {
      return job.ended().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a job is never exceptional", e);
    }
  }

  /** What a job made. */
  private record Made(Jobs.Next.End end, Answered answer) {
    static Made nothing(Answered answer) {
      return new Made(new Jobs.Next.End(Optional.empty(), List.of(), false), answer);
    }
  }

  /** On the job's thread: what the engine makes of the results. */
  private Made made(
      Caller caller,
      Place place,
      Outcome.Run run,
      String reference,
      Context context,
      List<ProgramResult> results) {
    return switch (place
        .definition()
        .engine()
        .advance(run.pending(), new Event.JobEnded(results), context)) {
      case Outcome.Run _ ->
          Made.nothing(new Answered.Refused(Refusal.INTERNAL, "a second chain for one page"));
      case Outcome.Show(Snapshot snapshot) -> {
        PageAddress address = freshAddress(place);
        StoredPage page = page(place, snapshot, Optional.of(reference));
        yield visits
            .changes(caller.name(), address, place.trail().isEmpty(), page)
            .map(changes -> {
              List<Change> all = new ArrayList<>(place.also());
              all.addAll(changes);
              boolean good = !(snapshot.view() instanceof View.Stopped);
              return new Made(
                  new Jobs.Next.End(Optional.of(address), all, good),
                  new Answered.With(new Reply.Moved(address)));
            })
            .orElseGet(() -> Made.nothing(tooLarge()));
      }
      case Outcome.Invalid(Snapshot page) -> Made.nothing(invalid(caller, place, page));
      case Outcome.Refuse(Refusal why, String detail) ->
          Made.nothing(new Answered.Refused(why, detail));
    };
  }

  private StoredPage page(Place place, Snapshot snapshot, Optional<String> reference) {
    return new StoredPage(visits.freshId(), clock.instant(), reference, place.trail(), snapshot);
  }

  private PageAddress freshAddress(Place place) {
    return new PageAddress(place.definition().workflow().name(), place.visit(), visits.freshId());
  }

  /** The submitted form again, with what was typed and what is wrong: nothing is kept of it. */
  private Answered invalid(Caller caller, Place place, Snapshot snapshot) {
    StoredPage was = place.page().orElseThrow();
    StoredPage now =
        new StoredPage(was.ticket(), was.made(), was.reference(), was.trail(), snapshot);
    return new Answered.With(show(caller, place.definition(), place.address().orElseThrow(), now));
  }

  private Reply show(Caller caller, Definition definition, PageAddress address, StoredPage page) {
    Reader reader = reader(caller, definition.messages());
    return new Reply.Show(Pages.of(page, address, reader, new SheetReader(printouts)));
  }

  private Answered file(Caller caller, Definition definition, StoredPage page, String format)
      throws IOException {
    View view = page.snapshot().view();
    String name = FileNames.of(definition.workflow(), page.snapshot());
    if (view instanceof View.Report report && format.equals("csv")) {
      Reader reader = reader(caller, definition.messages());
      return new Answered.WithFile(
          new Reply.File(name + ".csv", "text/csv; charset=utf-8"),
          to -> {
            Writer text = new OutputStreamWriter(to, StandardCharsets.UTF_8);
            CsvFile.write(report, reader, text);
            text.flush();
          });
    }
    boolean printed = view instanceof View.Report || view instanceof View.Printout;
    Optional<InputStream> original =
        printed && format.equals("original")
            ? page.reference().flatMap(printouts::open)
            : Optional.empty();
    return original
        .<Answered>map(in ->
            new Answered.WithFile(
                new Reply.File(name + ".txt", "application/octet-stream"), to -> copy(in, to)))
        .orElseGet(() -> new Answered.Refused(Refusal.WF_PAGE, "the page has no file " + format));
  }

  /** Piece by piece: many large printouts may be on their way at once. */
  private static void copy(InputStream printout, OutputStream to) throws IOException {
    try (printout) {
      printout.transferTo(to);
    }
  }

  private Page.Group group(Caller caller, String heading, List<Definition> members) {
    List<Page.WorkflowLink> links =
        members.stream()
            .sorted(Comparator.comparing(d -> d.workflow().title()))
            .map(
                d -> new Page.WorkflowLink(d.workflow().name(), title(caller, d), Optional.empty()))
            .toList();
    Reader reader = reader(caller, members.getFirst().messages());
    return new Page.Group(PageWords.group(reader, heading), links);
  }

  private Page.RunningJob runningJob(Caller caller, JobView job, Reader reader) {
    Text title =
        Optional.ofNullable(definitions.get(job.record().workflow()))
            .map(d -> title(caller, d))
            .orElse(Text.of(job.record().workflow()));
    return new Page.RunningJob(
        job.reference(), title, reader.words().formats().time(job.record().started()));
  }

  private Text title(Caller caller, Definition definition) {
    return PageWords.workflow(reader(caller, definition.messages()), definition.workflow().title());
  }

  private Reader reader(Caller caller, Messages messages) {
    return new Reader(
        caller.user().displayName(),
        caller.session().idleEnd(),
        messages.in(caller.language()),
        source);
  }
}
