package org.hitc.channel;

import java.math.BigDecimal;
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
   * @param secondsLeft how long until then; not negative
   * @param reference reference to quote when asking for help, such as {@code 7K3P-2M}
   */
  record Frame(
      Text title,
      String language,
      String user,
      String signedInUntil,
      int secondsLeft,
      Optional<String> reference) {}

  /** S2: what the user may do. */
  record Home(Frame frame, List<Recent> recent, List<Group> groups, List<RunningJob> running)
      implements Page {
    public Home {
      recent = List.copyOf(recent);
      groups = List.copyOf(groups);
      running = List.copyOf(running);
    }
  }

  /**
   * Something that the user looked at not long ago.
   *
   * @param parameters what was asked for, such as {@code 204110, 2026-06}; may be empty
   */
  record Recent(Text title, String parameters, PageAddress address) {}

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
      List<Crumb> trail,
      List<Field> fields,
      List<Problem> problems,
      Text button)
      implements Page {
    public Form {
      trail = List.copyOf(trail);
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

    /**
     * A file: its content travels as base 64 under the field's name, its own name under {@code
     * name.name}.
     *
     * @param maxBytes largest file, in bytes
     * @param kinds endings of the names that are taken, such as {@code csv}; empty for any
     */
    record Upload(int maxBytes, List<String> kinds) implements Control {
      public Upload {
        kinds = List.copyOf(kinds);
      }
    }

    /** A secret: never shown again. */
    record Secret(int maxLength) implements Control {}
  }

  /** What a line holds, so that a small screen offers the keys for it. */
  enum Keypad {
    TEXT,
    /** A code of digits alone. */
    DIGITS,
    /** A whole number or an amount. */
    DECIMAL,
    /** A day; no screen of keys has digits and the separators of all languages. */
    DATE,
    EMAIL
  }

  /** One choice: the handle of an offer, and its words. */
  record Option(String handle, Text label) {}

  /**
   * S5: what is about to change, and a question.
   *
   * @param ticket one-time ticket to say yes with
   * @param before true when what holds now is known for any of the values
   * @param button words of the button that does it
   */
  record Confirm(
      Frame frame,
      PageAddress address,
      String ticket,
      List<Crumb> trail,
      List<Change> changes,
      boolean before,
      Text button)
      implements Page {
    public Confirm {
      trail = List.copyOf(trail);
      changes = List.copyOf(changes);
    }
  }

  /**
   * One value that is about to change.
   *
   * @param now what holds now, when it is known
   * @param after what will hold
   * @param changes false when both are the same
   * @param edit the filled-in form where it can be changed, and the name of its field
   */
  record Change(
      Text label, Optional<Text> now, Text after, boolean changes, Optional<FieldLink> edit) {}

  /** A field on a form of this visit. */
  record FieldLink(PageAddress form, String field) {}

  /**
   * S7 and S8: a report as a table.
   *
   * @param caption says what the table is and whether the totals agree
   * @param asOf time of day of the run
   * @param trail the pages above this one, first to last
   * @param arrangement how it is shown: the same as was asked for, with what does not exist left
   *     out
   * @param parts how many parts the rows are shown in, at least one
   * @param note says which of the rows are shown, when not all are
   * @param columns those of the table
   * @param total the printed total row; as many cells as columns
   * @param chart a picture of the rows
   * @param onward a button that leads to the next step
   */
  record Report(
      Frame frame,
      PageAddress address,
      Text caption,
      String asOf,
      List<Crumb> trail,
      Arrangement arrangement,
      int parts,
      Optional<Text> note,
      List<Column> columns,
      List<Row> rows,
      Optional<Row> total,
      Optional<Chart> chart,
      List<Download> downloads,
      Optional<Onward> onward)
      implements Page {
    public Report {
      trail = List.copyOf(trail);
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      downloads = List.copyOf(downloads);
    }
  }

  /**
   * A button that leads on without any answer.
   *
   * @param ticket one-time ticket to submit with
   */
  record Onward(String ticket, Text button) {}

  /**
   * A picture of the rows; the same figures stand in the table.
   *
   * @param title what it shows
   * @param description the same in a sentence, for who cannot see it
   * @param categories names along the axis, one for each row
   * @param series at least one, each with as many values as there are categories
   */
  record Chart(
      ChartType type, Text title, Text description, List<String> categories, List<Series> series) {
    public Chart {
      categories = List.copyOf(categories);
      series = List.copyOf(series);
    }
  }

  /** Kinds of chart. */
  enum ChartType {
    BAR,
    LINE
  }

  /**
   * Values of one column.
   *
   * @param shown the values in the user's locale
   */
  record Series(Text name, List<BigDecimal> values, List<String> shown) {
    public Series {
      values = List.copyOf(values);
      shown = List.copyOf(shown);
    }
  }

  /**
   * A page above this one.
   *
   * @param arrangement how it was shown when it was left
   */
  record Crumb(Text words, PageAddress address, Arrangement arrangement) {}

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
    XLSX,
    ORIGINAL
  }

  /**
   * S17: what the program printed, page by page, shown as it is.
   *
   * @param note a plain sentence above it, such as why there is no table
   * @param sheets printed pages, each a list of lines with control characters made visible
   * @param table true when the same is there as a table at the same address
   * @param again true when it can be run once more
   * @param onward a button that leads to the next step
   */
  record Printout(
      Frame frame,
      PageAddress address,
      Optional<Text> note,
      String asOf,
      List<Crumb> trail,
      List<Sheet> sheets,
      List<Download> downloads,
      boolean table,
      boolean again,
      Optional<Onward> onward)
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
   * S10 and S11: it does not go on.
   *
   * @param words what to tell the user
   * @param original the program's own words, when they differ
   * @param consequence whether anything was changed, when that is a question
   * @param help what to do now
   * @param back an earlier form to go back to
   * @param again the page whose report can be tried once more
   */
  record Stopped(
      Frame frame,
      Refusal why,
      Text words,
      Optional<Text> original,
      Optional<Text> consequence,
      Optional<Text> help,
      List<Crumb> trail,
      Optional<Crumb> back,
      Optional<PageAddress> again)
      implements Page {
    public Stopped {
      trail = List.copyOf(trail);
    }
  }

  /**
   * S9: done, and the receipt of it.
   *
   * @param at date and time
   * @param already says that it was done before, when somebody tries it a second time
   * @param values what it was done with
   * @param restart name of the workflow, to begin once more
   */
  record Done(
      Frame frame, Text words, String at, Optional<Text> already, List<Fact> values, String restart)
      implements Page {
    public Done {
      values = List.copyOf(values);
    }
  }

  /** A label and its value. */
  record Fact(Text label, Text value) {}

  /** How far a job is. */
  enum JobState {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED,
    UNKNOWN
  }

  /**
   * S6: a job that has not ended.
   *
   * @param job its reference
   * @param state waiting or running
   * @param status how long it has run and how long it usually takes, or how many are before it
   * @param parameters what was asked for
   * @param warning what cancelling would mean, for a job that writes
   */
  record Running(
      Frame frame,
      String job,
      JobState state,
      Text status,
      String parameters,
      Optional<Text> warning)
      implements Page {}

  /** S16: the user's jobs, the newest first. */
  record JobList(Frame frame, List<JobLine> jobs) implements Page {
    public JobList {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * One job of the user.
   *
   * @param at date and time of its start
   * @param parameters what was asked for
   * @param words its state in words
   * @param again the page whose report can be run once more
   */
  record JobLine(
      String job,
      String at,
      Text title,
      String parameters,
      JobState state,
      Text words,
      Optional<PageAddress> again) {}

  /**
   * S12 without script: how it stands with the session.
   *
   * @param latest date and time at which it ends whatever is done
   */
  record Session(Frame frame, String latest) implements Page {}

  /**
   * The user's sessions, the last active first.
   *
   * @param own the handle of the one that asks
   */
  record SessionList(Frame frame, String own, List<SessionLine> sessions) implements Page {
    public SessionList {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * One session of the user.
   *
   * @param session its handle
   * @param begun date and time of the sign-in
   * @param active date and time of the last sign of life
   * @param method how the user signed in, in words
   * @param source address of the browser at the sign-in; empty when it is not known
   */
  record SessionLine(String session, String begun, String active, Text method, String source) {}
}
