package org.hitc.listener.page;

import java.util.Map;
import org.hitc.channel.Text;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;

/** Headings: of views, workflows and groups. */
public final class PageWords {
  private PageWords() {}

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
