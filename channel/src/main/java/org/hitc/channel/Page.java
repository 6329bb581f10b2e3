package org.hitc.channel;

import java.util.List;
import java.util.Optional;

/**
 * One screen, already in the user's language: what the gateway draws and nothing more. It holds no
 * program name, no rule and no value that the user may not see; choices travel as handles.
 */
public sealed interface Page {

  /** What every screen carries. */
  Frame frame();

  /**
   * What every screen carries.
   *
   * @param title the screen's own title, the {@code h1}
   * @param language BCP 47 tag of the page
   * @param user display name of the signed-in user
   * @param signedInUntil time of day at which the session ends if nothing is done, for reading
   * @param reference reference to quote when asking for help, such as {@code 7K3P-2M}
   */
  record Frame(
      Text title, String language, String user, String signedInUntil, Optional<String> reference) {}

  /** S2: what the user may do. */
  record Home(Frame frame, List<Group> groups, List<RunningJob> running) implements Page {
    public Home {
      groups = List.copyOf(groups);
      running = List.copyOf(running);
    }
  }

  /** A headed list of workflows. */
  record Group(Text heading, List<WorkflowLink> workflows) {
    public Group {
      workflows = List.copyOf(workflows);
    }
  }

  /** One workflow on the home page; {@code summary} may be absent. */
  record WorkflowLink(String workflow, Text title, Optional<Text> summary) {}

  /** A job of the user that is running now. */
  record RunningJob(String reference, Text title, String since) {}

  /**
   * S3 and S4: a form, with what was typed and what is wrong with it.
   *
   * @param ticket one-time ticket to submit with
   * @param problems what is wrong, in order of the fields; empty on a first visit
   */
  record Form(
      Frame frame,
      PageAddress address,
      String ticket,
      List<Field> fields,
      List<Problem> problems,
      Text button)
      implements Page {
    public Form {
      fields = List.copyOf(fields);
      problems = List.copyOf(problems);
    }
  }

  /**
   * One field.
   *
   * @param name its name in the request ({@code v.name})
   * @param values what it shows now: typed text, or handles of chosen options; never a password
   * @param error what is wrong with it
   */
  record Field(
      String name,
      Text label,
      Optional<Text> hint,
      boolean required,
      Control control,
      List<String> values,
      Optional<Text> error) {
    public Field {
      values = List.copyOf(values);
    }
  }

  /**
   * What is wrong.
   *
   * @param field name of the field it belongs to; absent when it is about the whole form
   */
  record Problem(Optional<String> field, Text words, Refusal refusal) {}

  /** How a field is filled in. */
  sealed interface Control {
    /** One line of text; {@code maxLength} in characters. */
    record Line(int maxLength, Keypad keypad) implements Control {}

    /** Several lines; {@code maxLength} in characters. */
    record Lines(int maxLength, int rows) implements Control {}

    /** One of these. */
    record One(List<Option> options) implements Control {
      public One {
        options = List.copyOf(options);
      }
    }

    /** Any of these. */
    record Many(List<Option> options) implements Control {
      public Many {
        options = List.copyOf(options);
      }
    }

    /** Yes or no. */
    record Checkbox() implements Control {}

    /** A secret: never shown again. */
    record Secret(int maxLength) implements Control {}
  }

  /** Which keys a small screen offers. */
  enum Keypad {
    TEXT,
    DIGITS,
    DECIMAL,
    EMAIL
  }

  /** One choice: the handle of an offer, and its words. */
  record Option(String handle, Text label) {}

  /**
   * S7 and S8: a report as a table.
   *
   * @param caption says what the table is and whether the totals agree
   * @param asOf time of day of the run
   * @param trail the pages above this one, first to last
   * @param total the printed total row; as many cells as columns
   */
  record Report(
      Frame frame,
      PageAddress address,
      Text caption,
      String asOf,
      List<Crumb> trail,
      List<Column> columns,
      List<Row> rows,
      Optional<Row> total,
      List<Download> downloads)
      implements Page {
    public Report {
      trail = List.copyOf(trail);
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      downloads = List.copyOf(downloads);
    }
  }

  /** A page above this one. */
  record Crumb(Text words, PageAddress address) {}

  /** A column; numeric columns are set flush with the end of the line. */
  record Column(String name, Text label, boolean numeric) {}

  /**
   * A row.
   *
   * @param follow handle of the row's offer and the words of its link, when it can be followed
   */
  record Row(List<Cell> cells, Optional<Option> follow) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /** A cell: text in the user's locale, and whether it is a negative number. */
  record Cell(String text, boolean negative) {}

  /** A report as a file. */
  enum Download {
    CSV,
    ORIGINAL
  }

  /**
   * S17: what the program printed, page by page, shown as it is.
   *
   * @param note a plain sentence above it, such as why there is no table
   * @param sheets printed pages, each a list of lines with control characters made visible
   */
  record Printout(
      Frame frame,
      PageAddress address,
      Optional<Text> note,
      String asOf,
      List<Crumb> trail,
      List<Sheet> sheets,
      List<Download> downloads)
      implements Page {
    public Printout {
      trail = List.copyOf(trail);
      sheets = List.copyOf(sheets);
      downloads = List.copyOf(downloads);
    }
  }

  /** One printed page. */
  record Sheet(List<String> lines) {
    public Sheet {
      lines = List.copyOf(lines);
    }
  }

  /**
   * S10: a program said no.
   *
   * @param words what to tell the user
   * @param original the program's own words, when they differ
   * @param back an earlier form to go back to
   */
  record Stopped(
      Frame frame, Refusal why, Text words, Optional<Text> original, Optional<Crumb> back)
      implements Page {}

  /** S9: done. */
  record Done(Frame frame, Text words, String at) implements Page {}
}
