package org.hitc.listener.desk;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Arrangement;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.listener.page.PageTicket;
import org.hitc.listener.page.Pages;
import org.hitc.listener.page.Reader;
import org.hitc.listener.page.Readers;
import org.hitc.listener.page.SheetReader;
import org.hitc.listener.page.Typing;
import org.hitc.listener.visit.StoredPage;
import org.hitc.listener.visit.Uploads;
import org.hitc.listener.visit.Visits;
import org.hitc.session.store.Change;
import org.hitc.workflow.engine.Event;
import org.hitc.workflow.engine.InputReader;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;

/** Handles what is about visits: their pages, and the ways from one to the next. */
final class VisitDesk {
  private static final String FILE_NAME = ".name";

  private final Visits visits;
  private final Walk walk;
  private final Uploads uploads;
  private final Readers readers;
  private final Typing typing;
  private final SheetReader sheets;
  private final ReportFiles files;

  VisitDesk(
      Visits visits,
      Walk walk,
      Uploads uploads,
      Readers readers,
      Typing typing,
      SheetReader sheets,
      ReportFiles files) {
    this.visits = visits;
    this.walk = walk;
    this.uploads = uploads;
    this.readers = readers;
    this.typing = typing;
    this.sheets = sheets;
    this.files = files;
  }

  Answered start(Caller caller, Request.Start request) throws InterruptedException {
    Optional<Definition> definition = caller.workflows().current(request.workflow());
    if (definition.isEmpty()) {
      return new Answered.Refused(Refusal.WF_UNKNOWN, request.workflow());
    }
    if (!caller.may(definition.get().workflow())) {
      return new Answered.Refused(Refusal.WF_ROLE, request.workflow());
    }
    Place place = Place.beginning(definition.get(), visits.freshId());
    return answer(caller, place, new Event.Start(request.values()));
  }

  Answered view(Caller caller, Request.View request) throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return arranged(
        request.arrangement(),
        arrangement ->
            with(
                caller,
                address,
                (definition, page) ->
                    new Answered.With(show(caller, definition, address, page, arrangement))));
  }

  Answered submit(Caller caller, Request.Submit request) throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return with(
        caller,
        address,
        (definition, page) -> {
          Optional<InputReader> input = typedIn(page, request.ticket());
          return input.isPresent()
              ? submit(caller, definition, address, page, request.values(), input.get())
              : new Answered.Refused(Refusal.WF_STEP, "not the ticket of the page");
        });
  }

  /**
   * Reads what was typed in the language in which the page was shown; nothing when the ticket is
   * none of this page.
   */
  private Optional<InputReader> typedIn(StoredPage page, String ticket) {
    return PageTicket.language(page, ticket).flatMap(typing::reader);
  }

  Answered follow(Caller caller, Request.Follow request) throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return arranged(
        request.arrangement(),
        arrangement ->
            with(
                caller,
                address,
                (definition, page) ->
                    answer(
                        caller,
                        Place.after(
                            definition, address, page, arrangement, List.of(request.offer())),
                        new Event.Follow(request.offer()))));
  }

  Answered again(Caller caller, Request.Again request) throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return with(
        caller,
        address,
        (definition, page) ->
            answer(caller, Place.again(definition, address, page), new Event.Again()));
  }

  Answered download(Caller caller, Request.Download request)
      throws IOException, InterruptedException {
    PageAddress address = new PageAddress(request.workflow(), request.visit(), request.page());
    return with(
        caller,
        address,
        (definition, page) -> files.of(caller, definition, page, request.format()));
  }

  /**
   * What stands in the form of a page.
   *
   * @param at the page
   * @param ticket one-time ticket that came with it ({@link PageTicket})
   */
  record Typed(PageAddress at, String ticket, Map<String, List<String>> values) {
    static Typed of(Request.Submit r) {
      return new Typed(new PageAddress(r.workflow(), r.visit(), r.page()), r.ticket(), r.values());
    }

    static Typed of(Request.Keep r) {
      return new Typed(new PageAddress(r.workflow(), r.visit(), r.page()), r.ticket(), r.values());
    }
  }

  /** Keeps what a page sends by itself although the session lives. */
  Answered keep(Caller caller, Request.Keep request) {
    if (!visits.hasRoom(caller.name())) {
      return new Answered.Refused(Refusal.BUSY, "too much is kept for this user");
    }
    return keepTyped(caller.name(), Typed.of(request), visits.freshId())
        .<Answered>map(page -> new Answered.With(new Reply.Moved(page)))
        .orElseGet(() -> new Answered.Refused(Refusal.WF_STEP, "nothing that can be kept"));
  }

  /**
   * Keeps what somebody typed whose session has ended: on a page of the same visit, for the same
   * user, and nothing is done with it.
   *
   * @param user whose session it was
   * @param id of the page on which it is kept; one that is there already stays
   * @return nothing when there is nothing to be kept for this user
   */
  Optional<PageAddress> keepTyped(String user, Typed typed, String id) {
    PageAddress address = typed.at();
    if (!visits.hasRoom(user)
        || !(visits.find(user, address) instanceof Visits.Found.Page(StoredPage page))) {
      return Optional.empty();
    }
    PageAddress kept = new PageAddress(address.workflow(), address.visit(), id);
    return typedIn(page, typed.ticket())
        .flatMap(input -> page.filledIn(typed.values(), input.language(), visits.freshId()))
        .filter(filled -> visits.keepOnce(user, kept, filled))
        .map(_ -> kept);
  }

  private Answered submit(
      Caller caller,
      Definition definition,
      PageAddress address,
      StoredPage page,
      Map<String, List<String>> sent,
      InputReader input)
      throws IOException, InterruptedException {
    if (!visits.hasRoom(caller.name())) {
      return new Answered.Refused(Refusal.BUSY, "too much is kept for this user");
    }
    Optional<Event.Submit> submit = withFiles(caller, page.snapshot().view(), sent);
    if (submit.isEmpty()) {
      return new Answered.Refused(Refusal.WF_FIELD, "a file that is none, or several");
    }
    Map<String, List<String>> values = submit.get().values();
    List<String> chosen = values.values().stream().flatMap(List::stream).toList();
    Place place = Place.after(definition, address, page, Arrangement.PLAIN, chosen);
    PageAddress aside = new PageAddress(address.workflow(), address.visit(), visits.freshId());
    Optional<Change> filled =
        page.filledIn(values, input.language(), visits.freshId())
            .flatMap(form -> visits.aside(caller.name(), aside, form));
    Place from = filled.map(change -> place.backBy(aside.page(), change)).orElse(place);
    return answer(caller, from, submit.get(), input);
  }

  /**
   * Uploaded files become private copies; nothing when one of them is not as a gateway sends it.
   */
  private Optional<Event.Submit> withFiles(Caller caller, View view, Map<String, List<String>> sent)
      throws IOException {
    Map<String, List<String>> values = new HashMap<>(sent);
    Map<String, Event.UploadedFile> uploaded = new HashMap<>();
    if (view instanceof View.Form form) {
      for (View.FieldView field : form.fields()) {
        if (field.control() instanceof View.Control.Upload && values.containsKey(field.name())) {
          Optional<byte[]> content = only(values, field.name()).flatMap(VisitDesk::decoded);
          Optional<String> name = only(values, field.name() + FILE_NAME);
          if (content.isEmpty() || name.isEmpty()) {
            return Optional.empty();
          }
          byte[] bytes = content.get();
          uploaded.put(
              field.name(),
              new Event.UploadedFile(
                  name.get(), uploads.keep(caller.name(), bytes).toString(), bytes.length));
        }
      }
    }
    return Optional.of(new Event.Submit(values, uploaded));
  }

  /** Takes the value of a field that has exactly one. */
  private static Optional<String> only(Map<String, List<String>> values, String name) {
    return Optional.ofNullable(values.remove(name))
        .filter(all -> all.size() == 1)
        .map(List::getFirst);
  }

  /** Bytes out of their one right spelling. */
  private static Optional<byte[]> decoded(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Optional.of(bytes).filter(b -> Base64.getEncoder().encodeToString(b).equals(base64));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Where nothing was typed: what a link carries is the same in every language. */
  private Answered answer(Caller caller, Place place, Event event) throws InterruptedException {
    return answer(caller, place, event, InputReader.canonical());
  }

  private Answered answer(Caller caller, Place place, Event event, InputReader input)
      throws InterruptedException {
    return switch (walk.go(caller, place, event, input)) {
      case Walk.Step.Done(Answered answer) -> answer;
      case Walk.Step.Again(Snapshot form) -> {
        StoredPage was = place.page().orElseThrow();
        StoredPage now =
            new StoredPage(was.ticket(), was.made(), was.reference(), was.trail(), form);
        yield new Answered.With(
            show(caller, place.definition(), place.address(), now, Arrangement.PLAIN));
      }
    };
  }

  private Reply show(
      Caller caller,
      Definition definition,
      PageAddress address,
      StoredPage page,
      Arrangement arrangement) {
    Reader reader = readers.of(caller.reading(), definition.messages());
    return new Reply.Show(
        new Pages(reader, sheets, typing.entries(reader.words().language()))
            .of(page, address, arrangement));
  }

  /** Something to do with a page as it is to be shown. */
  private interface ArrangedTask {
    Answered apply(Arrangement arrangement) throws IOException, InterruptedException;
  }

  private static Answered arranged(Map<String, List<String>> parameters, ArrangedTask task)
      throws IOException, InterruptedException {
    Optional<Arrangement> arrangement = Arrangement.of(parameters);
    return arrangement.isPresent()
        ? task.apply(arrangement.get())
        : new Answered.Refused(Refusal.WF_FIELD, "a page has no such parameter");
  }

  /** Something to do with a page that is the caller's. */
  private interface PageTask {
    Answered apply(Definition definition, StoredPage page) throws IOException, InterruptedException;
  }

  private Answered with(Caller caller, PageAddress address, PageTask task)
      throws IOException, InterruptedException {
    Optional<Definition> current = caller.workflows().current(address.workflow());
    if (current.isEmpty()) {
      return new Answered.Refused(Refusal.WF_UNKNOWN, address.workflow());
    }
    if (!caller.may(current.get().workflow())) {
      return new Answered.Refused(Refusal.WF_ROLE, address.workflow());
    }
    return switch (visits.find(caller.name(), address)) {
      case Visits.Found.Refused(Refusal why, String detail) -> new Answered.Refused(why, detail);
      case Visits.Found.Page(StoredPage page) ->
          task.apply(caller.workflows().pinned(page.snapshot().hash()).orElse(current.get()), page);
    };
  }
}
