package org.hitc.listener.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.Text;
import org.hitc.i18n.Formats;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.page.PageWords;
import org.hitc.listener.page.Pages;
import org.hitc.listener.page.Reader;
import org.hitc.listener.page.Readers;
import org.hitc.listener.visit.Visits;
import org.hitc.session.Ending;
import org.hitc.session.Lapsed;
import org.hitc.session.Session;
import org.hitc.session.Sessions;
import org.hitc.session.signin.UserEntry;

/**
 * What people see of their sessions, and do with them. The handle of a session is its digest: who
 * cannot read the page cannot know it, and it is the one that stands in the audit log.
 */
final class SessionDesk {
  private static final long MINUTES_PER_HOUR = 60;

  private final Sessions sessions;
  private final Visits visits;
  private final HomeDesk home;
  private final Readers readers;
  private final Supplier<Workflows> workflows;
  private final ArgumentDigests digests;
  private final SessionEnds ends;

  SessionDesk(
      Sessions sessions,
      Visits visits,
      HomeDesk home,
      Readers readers,
      Supplier<Workflows> workflows,
      ArgumentDigests digests,
      SessionEnds ends) {
    this.sessions = sessions;
    this.visits = visits;
    this.home = home;
    this.readers = readers;
    this.workflows = workflows;
    this.digests = digests;
    this.ends = ends;
  }

  /** How it stands with the session. */
  Answered page(Caller caller) {
    Reader reader = readers.of(caller.reading());
    return new Answered.With(
        new Reply.Show(
            new Page.Session(
                Pages.frame(reader, PageWords.session(reader), Optional.empty()),
                reader.words().formats().dateTime(caller.session().absoluteEnd()))));
  }

  /** The sessions of the caller. */
  Answered list(Caller caller) {
    Reader reader = readers.of(caller.reading());
    Formats formats = reader.words().formats();
    List<Page.SessionLine> lines =
        sessions.registry().of(caller.name()).stream()
            .map(session ->
                new Page.SessionLine(
                    handle(session),
                    formats.dateTime(session.authenticatedAt()),
                    formats.dateTime(session.activeAt()),
                    PageWords.method(reader, session.method()),
                    session.source()))
            .toList();
    return new Answered.With(
        new Reply.Show(
            new Page.SessionList(
                Pages.frame(reader, PageWords.sessions(reader), Optional.empty()),
                handle(caller.session()),
                lines)));
  }

  /** Ends one session of the caller; somebody else's is as unknown as none. */
  Answered end(Caller caller, Request.EndSession request) {
    boolean ended =
        sessions.registry().of(caller.name()).stream()
            .filter(session -> handle(session).equals(request.session()))
            .findFirst()
            .filter(this::end)
            .isPresent();
    return ended
        ? new Answered.With(new Reply.SessionsEnded())
        : new Answered.Refused(Refusal.SESS_UNKNOWN, "no live session of this user");
  }

  /** Ends all but the one that asks. */
  Answered endOthers(Caller caller, Request.EndOthers request) {
    if (!handle(caller.session()).equals(request.session())) {
      return new Answered.Refused(Refusal.SESS_UNKNOWN, "not the handle of the session that asks");
    }
    sessions.registry().of(caller.name()).stream()
        .filter(session -> !session.id().equals(caller.session().id()))
        .forEach(this::end);
    return new Answered.With(new Reply.SessionsEnded());
  }

  /** Remembers which language the caller wants to read from now on. */
  Answered speak(Caller caller, Request.Speak request) {
    if (caller.workflows().words().languages().withTag(request.language()).isEmpty()) {
      return new Answered.Refused(Refusal.REQ_SYNTAX, "no language that is offered");
    }
    sessions.speak(caller.name(), request.language());
    return new Answered.With(new Reply.Spoken());
  }

  private boolean end(Session session) {
    Optional<Session> ended =
        sessions.registry().end(session.id(), Ending.OTHER_SESSION, List.of());
    ended.ifPresent(s -> ends.early(s, "ended from another session"));
    return ended.isPresent();
  }

  /**
   * The id of the page on which this is kept for the holder of an ended session: what is sent twice
   * is one page. Nobody else can know it, or test a guess of what was typed against it.
   */
  String keptId(Lapsed lapsed, VisitDesk.Typed typed) {
    PageAddress at = typed.at();
    List<String> all =
        new ArrayList<>(List.of(lapsed.id(), at.workflow(), at.visit(), at.page(), typed.ticket()));
    new TreeMap<>(typed.values())
        .forEach((field, values) -> {
          all.add(field);
          all.add(Integer.toString(values.size()));
          all.addAll(values);
        });
    return digests.of(all);
  }

  /**
   * Remembers for the holder of an ended session that something is kept.
   *
   * @return false when too much is kept already; the page is then gone again
   */
  boolean keep(Lapsed lapsed, PageAddress page) {
    boolean kept = sessions.keep(lapsed, page);
    if (!kept) {
      visits.remove(lapsed.user().name(), page);
    }
    return kept;
  }

  /** Deletes what was kept for the holder of an ended session. */
  void forget(Lapsed lapsed) {
    if (!lapsed.kept().isEmpty()) {
      lapsed.kept().forEach(page -> visits.remove(lapsed.user().name(), page));
      sessions.keepNothing(lapsed);
    }
  }

  /**
   * What the holder of the token of an ended session may know: in the language of the sign-in page
   * around it, which is the browser's.
   */
  Reply ended(Lapsed lapsed, String accepted) {
    UserEntry user = lapsed.user();
    Workflows now = workflows.get();
    Readers.Reading reading =
        new Readers.Reading(
            user.displayName(),
            lapsed.until(),
            Duration.ZERO,
            now.words().languages().choose(Optional.empty(), accepted),
            now.words());
    Reader reader = readers.of(reading);
    return new Reply.Ended(
        user.name(),
        user.displayName(),
        PageWords.ended(reader, lapsed.why(), lapsed.at(), time(reader, lapsed.idle())),
        lapsed.keeps(),
        lapsed.kept().stream().flatMap(page -> kept(lapsed, now, reading, page).stream()).toList());
  }

  private Optional<Reply.Kept> kept(
      Lapsed lapsed, Workflows now, Readers.Reading reading, PageAddress page) {
    return visits
        .until(lapsed.user().name(), page)
        .map(end -> end.isBefore(lapsed.until()) ? end : lapsed.until())
        .map(end -> new Reply.Kept(words(now, reading, page, end), page));
  }

  private Text words(Workflows now, Readers.Reading reading, PageAddress page, Instant until) {
    return PageWords.kept(readers.of(reading), home.title(now, reading, page.workflow()), until);
  }

  private static String time(Reader reader, Duration idle) {
    long minutes = idle.toMinutes();
    return minutes % MINUTES_PER_HOUR == 0
        ? reader.words().text("time.hours", Map.of("hours", idle.toHours())).value()
        : reader.words().text("time.minutes", Map.of("minutes", minutes)).value();
  }

  private String handle(Session session) {
    return digests.of(List.of(session.id()));
  }
}
