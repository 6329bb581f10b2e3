package org.hitc.listener.page;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Text;
import org.hitc.session.Ending;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;

/** Headings: of views, workflows and groups. */
public final class PageWords {
  private PageWords() {}

  /** Heading of the page about the session. */
  public static Text session(Reader reader) {
    return reader.message("session.title", Map.of());
  }

  /** Heading of the list of sessions. */
  public static Text sessions(Reader reader) {
    return reader.message("sessions.title", Map.of());
  }

  /** How somebody signed in; its own name when there are no words for it. */
  public static Text method(Reader reader, String method) {
    return reader.or("session.method." + method, method);
  }

  /**
   * When and why a session ended.
   *
   * @param at when, if that is known
   * @param idle the session's idle limit, in words
   */
  public static Text ended(Reader reader, Ending why, Optional<Instant> at, String idle) {
    String key = "session.ended." + why.name().toLowerCase(Locale.ROOT);
    return at.map(time ->
            reader.message(key, Map.of("at", reader.words().formats().time(time), "idle", idle)))
        .orElseGet(() -> reader.message("session.ended", Map.of()));
  }

  /** What is kept and until when, and that it was not sent. */
  public static Text kept(Reader reader, Text title, Instant until) {
    return reader.message(
        "session.kept",
        Map.of("title", title.value(), "until", reader.words().formats().time(until)));
  }

  /** Heading of the home page. */
  public static Text home(Reader reader) {
    return reader.message("home.title", Map.of());
  }

  /** A workflow's title: its translation, else the definition's own words. */
  public static Text workflow(Reader reader, String title) {
    return reader.or("title", title);
  }

  /** The sentence about a workflow: its translation, else the definition's own words. */
  public static Text summary(Reader reader, String summary) {
    return reader.or("summary", summary);
  }

  /**
   * Heading of a group of workflows.
   *
   * @param group as the definitions name it; empty for those without one
   */
  public static Text group(Reader reader, String group) {
    return group.isEmpty() ? reader.message("home.other", Map.of()) : reader.or("group", group);
  }

  /** Heading of a view that others can follow, for the way back to it. */
  public static Words title(View view) {
    return switch (view) {
      case View.Form form -> form.title();
      case View.Confirm confirm -> confirm.title();
      case View.Report report -> report.title();
      case View.Printout printout -> printout.title();
      case View.Done done -> done.title();
      case View.Stopped stopped ->
          new Words(stopped.why().messageKey(), stopped.why().code(), Map.of());
    };
  }
}
