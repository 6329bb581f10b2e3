package org.hitc.gateway.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;

/** One screen of every kind, with every element a page can have. */
public final class SamplePages {

  private static final PageAddress ADDRESS = new PageAddress("budget_12", "v1", "p1");

  private SamplePages() {}

  /** All of them, in a language. */
  public static List<Screen> in(String language) {
    return Stream.concat(
            own().stream(),
            Stream.of(
                    home(language),
                    form(language),
                    formWithErrors(language),
                    report(language),
                    printout(language),
                    stopped(language),
                    done(language))
                .map(Screen.Of::new))
        .toList();
  }

  private static List<Screen> own() {
    return List.of(
        new Screen.SignIn(Optional.empty(), "", Screen.Idle.HALF_HOUR, "/w/budget_12", true),
        new Screen.SignIn(Optional.of(Refusal.SIGN_IN), "anna", Screen.Idle.TWO_HOURS, "/", false),
        new Screen.Problem(
            404, Refusal.WEB_NOT_FOUND, Optional.empty(), new Screen.After.Nothing()),
        Screen.Problem.of(
            Refusal.DAEMON_DOWN, Optional.empty(), new Screen.After.TryAgain("/w/budget_12")),
        Screen.Problem.of(
            Refusal.SESS_EXPIRED, Optional.empty(), new Screen.After.SignInFirst("/login")),
        Screen.Problem.of(
            Refusal.NOT_ANSWERING, Optional.of("7K3P-2M"), new Screen.After.Unknown()),
        new Screen.Help(),
        new Screen.Accessibility());
  }

  /** S2. */
  public static Page.Home home(String language) {
    return new Page.Home(
        frame(language, "Financial Information System"),
        List.of(
            new Page.Group(
                Text.of("Budgets"),
                List.of(
                    link("budget_12", "Budget by object code", "What is budgeted, spent and left"),
                    link("budget_14", "Budget by project", "Per project and year"))),
            new Page.Group(
                Text.of("My account"),
                List.of(link("mail_forward", "Mail forwarding", "Where your mail is sent")))),
        List.of(new Page.RunningJob("7K3P-2M", Text.of("Budget of account 204110"), "14:02")));
  }

  /** S3, with every control. */
  public static Page.Form form(String language) {
    return new Page.Form(
        frame(language, "Which budget?"),
        ADDRESS,
        "ticket-1",
        List.of(
            field("account", "Account", line(6, Page.Keypad.DIGITS), List.of("204110")),
            field("period", "Period", new Page.Control.One(options(3)), List.of("o1")),
            field("unit", "Unit", new Page.Control.One(options(12)), List.of()),
            field("parts", "Parts", new Page.Control.Many(options(3)), List.of("o0", "o2")),
            field("detail", "With details", new Page.Control.Checkbox(), List.of("yes")),
            field("mail", "Mail address", line(80, Page.Keypad.EMAIL), List.of()),
            field("limit", "From amount", line(14, Page.Keypad.DECIMAL), List.of("1,250.00")),
            field("remark", "Remark", new Page.Control.Lines(400, 3), List.of("two\nlines")),
            field("code", "Code word", new Page.Control.Secret(20), List.of())),
        List.of(),
        Text.of("Continue"));
  }

  /** S4. */
  public static Page.Form formWithErrors(String language) {
    return new Page.Form(
        frame(language, "Which budget?"),
        ADDRESS,
        "ticket-2",
        List.of(
            wrong(
                field("account", "Account", line(6, Page.Keypad.DIGITS), List.of("20411")),
                "Account must be 6 digits"),
            wrong(
                field("period", "Period", new Page.Control.One(options(3)), List.of("o1")),
                "Period 2026-05 is closed")),
        List.of(
            problem(Optional.of("account"), "Account must be 6 digits"),
            problem(Optional.of("period"), "Period 2026-05 is closed"),
            problem(Optional.empty(), "The form was open for too long")),
        Text.of("Continue"));
  }

  /** S7. */
  public static Page.Report report(String language) {
    return new Page.Report(
        frame(language, "Budget of account 204110, period 2026-06"),
        ADDRESS,
        Text.of("Budget by object code, 3 rows, totals agree with the report"),
        "14:03",
        List.of(new Page.Crumb(Text.of("Budget by object code"), ADDRESS)),
        List.of(
            new Page.Column("object", Text.of("Object"), false),
            new Page.Column("descr", Text.of("Description"), false),
            new Page.Column("budget", Text.of("Budget"), true),
            new Page.Column("spent", Text.of("Spent"), true),
            new Page.Column("balance", Text.of("Balance"), true)),
        List.of(
            row(0, "061100", "Salaries, academic staff", "125,000.00", "118,752.50", "6,247.50"),
            row(1, "061200", "Salaries, technical", "48,000.00", "51,210.75", "\u22123,210.75"),
            row(2, "071000", "Travel", "9,000.00", "0.00", "9,000.00")),
        Optional.of(
            new Page.Row(
                cells("Total", "", "182,000.00", "169,963.25", "12,036.75"), Optional.empty())),
        List.of(Page.Download.CSV, Page.Download.ORIGINAL));
  }

  /** S17. */
  public static Page.Printout printout(String language) {
    return new Page.Printout(
        frame(language, "Budget of account 204110, period 2026-06"),
        ADDRESS,
        Optional.of(Text.of("Line 12 is not one that this report is known to have.")),
        "14:03",
        List.of(),
        List.of(
            new Page.Sheet(List.of("FIS   BUDGET 12          PAGE 1", "", "061100  125,000.00")),
            new Page.Sheet(List.of("FIS   BUDGET 12          PAGE 2", "** TOTAL  125,000.00"))),
        List.of(Page.Download.ORIGINAL));
  }

  /** S10. */
  public static Page.Stopped stopped(String language) {
    return new Page.Stopped(
        frame(language, "You do not have access to account 999999"),
        Refusal.JOB_REFUSED,
        Text.of("You can choose another account."),
        Optional.of(new Text("FIS: no access to account 999999", Optional.of("en"))),
        Optional.of(new Page.Crumb(Text.of("Choose another account"), ADDRESS)));
  }

  /** S9. */
  public static Page.Done done(String language) {
    return new Page.Done(
        frame(language, "Mail forwarding changed"),
        Text.of("New mail goes to anna@example.org."),
        "14:02");
  }

  private static Page.Frame frame(String language, String title) {
    return new Page.Frame(Text.of(title), language, "Anna Berg", "14:35", Optional.of("7K3P-2M"));
  }

  private static Page.WorkflowLink link(String workflow, String title, String summary) {
    return new Page.WorkflowLink(workflow, Text.of(title), Optional.of(Text.of(summary)));
  }

  private static Page.Field field(
      String name, String label, Page.Control control, List<String> values) {
    return new Page.Field(
        name,
        Text.of(label),
        Optional.of(Text.of("A hint about " + label)),
        !name.equals("mail"),
        control,
        values,
        Optional.empty());
  }

  private static Page.Field wrong(Page.Field field, String words) {
    return new Page.Field(
        field.name(),
        field.label(),
        field.hint(),
        field.required(),
        field.control(),
        field.values(),
        Optional.of(Text.of(words)));
  }

  private static Page.Problem problem(Optional<String> field, String words) {
    return new Page.Problem(field, Text.of(words), Refusal.ARG_FORMAT);
  }

  private static Page.Control line(int maxLength, Page.Keypad keypad) {
    return new Page.Control.Line(maxLength, keypad);
  }

  private static List<Page.Option> options(int count) {
    return Stream.iterate(0, i -> i < count, i -> i + 1)
        .map(i -> new Page.Option("o" + i, Text.of("Choice " + (i + 1))))
        .toList();
  }

  private static Page.Row row(int handle, String... texts) {
    return new Page.Row(
        cells(texts), Optional.of(new Page.Option("r" + handle, Text.of("Transactions"))));
  }

  private static List<Page.Cell> cells(String... texts) {
    return Stream.of(texts).map(t -> new Page.Cell(t, t.startsWith("\u2212"))).toList();
  }
}
