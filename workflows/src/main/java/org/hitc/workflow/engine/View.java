package org.hitc.workflow.engine;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.workflow.extract.Cell;
import org.hitc.workflow.model.ReportStep;

/** What a page shows, as data: the listener makes it the user's language. */
public sealed interface View {

  /**
   * S3 and S4: a form.
   *
   * @param typedIn BCP 47 tag of the language in which the values of its fields were typed: 1.234
   *     is one thing in English and another in German. Nothing when they are answers, or of a
   *     definition, a program or a link: then numbers and days are in {@link CanonicalForm}
   * @param button the definition's words for the button
   * @param problems what is wrong, in the order of the fields
   */
  record Form(
      Words title,
      List<FieldView> fields,
      Optional<String> typedIn,
      Optional<Words> button,
      List<Problem> problems)
      implements View {
    public Form {
      fields = List.copyOf(fields);
      problems = List.copyOf(problems);
    }
  }

  /**
   * One field.
   *
   * @param values typed text, handles of chosen options, or {@code yes} for a ticked box; never a
   *     password or a file
   */
  record FieldView(
      String name,
      Words label,
      Optional<Words> hint,
      boolean required,
      Control control,
      List<String> values) {
    public FieldView {
      values = List.copyOf(values);
    }
  }

  /** How a field is filled in. */
  sealed interface Control {
    /** One line; {@code maxLength} in characters. */
    record Line(int maxLength, Keypad keypad) implements Control {}

    /** One of these. */
    record One(List<Option> options) implements Control {
      public One {
        options = List.copyOf(options);
      }
    }

    /** Several lines; {@code maxLength} in characters. */
    record Lines(int maxLength, int rows) implements Control {}

    /** Any of these. */
    record Many(List<Option> options) implements Control {
      public Many {
        options = List.copyOf(options);
      }
    }

    /** A file; {@code kinds} are endings of names, without the dot; none means any. */
    record Upload(int maxBytes, List<String> kinds) implements Control {
      public Upload {
        kinds = List.copyOf(kinds);
      }
    }

    /** Yes ({@code yes}) or no (no value). */
    record Checkbox() implements Control {}

    /** A secret; {@code maxLength} in characters. */
    record Secret(int maxLength) implements Control {}
  }

  /** What a line holds, so that a small screen offers the keys for it. */
  enum Keypad {
    TEXT,
    /** A code of digits alone. */
    DIGITS,
    /** A whole number or an amount, read as a number. */
    DECIMAL,
    /** A day. */
    DATE,
    EMAIL
  }

  /**
   * A choice.
   *
   * @param label words of the definition, with a key; of a program, with an empty key
   */
  record Option(String handle, Words label) {}

  /**
   * What is wrong with a field.
   *
   * @param why its message key names the words
   * @param arguments what the words may mention; see {@link Fault}
   * @param message a program's own words, when it is the program that refused
   */
  record Problem(
      String field,
      Refusal why,
      Map<String, Argument> arguments,
      Optional<ProgramMessage> message) {
    public Problem {
      arguments = Map.copyOf(arguments);
    }
  }

  /**
   * S5: what is about to change.
   *
   * @param button the definition's words for the button
   */
  record Confirm(Words title, List<Change> changes, Optional<Words> button) implements View {
    public Confirm {
      changes = List.copyOf(changes);
    }
  }

  /**
   * One answer, and what held before.
   *
   * @param form name of the form that asked for it
   * @param now what a program printed under the same name before; absent when none did
   */
  record Change(String form, String field, Words label, Optional<Shown> now, Shown after) {}

  /** A value for people. */
  sealed interface Shown {
    /** Text, as it is. */
    record Plain(String text) implements Shown {}

    /** What was chosen; none, one or several. */
    record Chosen(List<Words> labels) implements Shown {
      public Chosen {
        labels = List.copyOf(labels);
      }
    }

    /** A ticked box. */
    record YesNo(boolean yes) implements Shown {}

    /** A number. */
    record Decimal(BigDecimal value) implements Shown {}

    /** A day, as {@code 2026-11-23}. */
    record Day(String iso) implements Shown {}

    /** Left empty. */
    record Nothing() implements Shown {}

    /** A password: never shown. */
    record Hidden() implements Shown {}
  }

  /**
   * S7 and S8: a table.
   *
   * @param program that printed it
   * @param total the printed total; as many cells as columns
   * @param totalsChecked columns whose sum was compared with the printed total, and agrees
   * @param onward it leads on to another step
   */
  record Report(
      Words title,
      String program,
      String encoding,
      List<ColumnView> columns,
      List<RowView> rows,
      Optional<List<Cell>> total,
      List<String> totalsChecked,
      Optional<ReportStep.Chart> chart,
      List<File> files,
      boolean onward)
      implements View {
    public Report {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      total = total.map(List::copyOf);
      totalsChecked = List.copyOf(totalsChecked);
      files = List.copyOf(files);
    }
  }

  /** A column. */
  record ColumnView(String name, Words label, boolean numeric) {}

  /**
   * A row.
   *
   * @param follow handle of its offer, when it leads to another report
   */
  record RowView(List<Cell> cells, Optional<String> follow) {
    public RowView {
      cells = List.copyOf(cells);
    }
  }

  /** A file that is offered. */
  enum File {
    CSV,
    XLSX,
    ORIGINAL
  }

  /**
   * S17: what the program printed, as it is. The listener has its bytes as the last result of the
   * job; {@code org.hitc.workflow.extract.Sheets} reads them.
   *
   * @param why why there is no table, when there should be one
   * @param detail program, page, line and column, for the programmer's log
   * @param again it can be run once more
   * @param onward it leads on to another step
   */
  record Printout(
      Words title,
      String program,
      String encoding,
      Optional<Refusal> why,
      Optional<String> detail,
      boolean again,
      boolean onward)
      implements View {}

  /**
   * S10 and S11: it does not go on.
   *
   * @param program that stopped it
   * @param message the program's message to the user, when it gave one
   * @param changed whether anything was changed until then
   * @param writes true when the way leads to a change, so that people ask
   * @param back name of the form above, to go back to
   * @param detail for the programmer's log
   */
  record Stopped(
      Refusal why,
      String program,
      Optional<ProgramMessage> message,
      Changed changed,
      boolean writes,
      Optional<String> back,
      String detail)
      implements View {}

  /**
   * S9: done.
   *
   * @param answers what was answered on the way
   * @param message what the program that did it said
   */
  record Done(
      Words title, Optional<Words> text, List<Fact> answers, Optional<ProgramMessage> message)
      implements View {
    public Done {
      answers = List.copyOf(answers);
    }
  }

  /** An answer with its label. */
  record Fact(Words label, Shown value) {}
}
