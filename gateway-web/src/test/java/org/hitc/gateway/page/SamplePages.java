package org.hitc.gateway.page;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.SignInScreen;
import org.hitc.channel.Text;

/** One screen of every kind, with every element a page can have. */
public final class SamplePages {

  /** Handle of a sign-in that goes on. */
  public static final String PENDING = "0123456789abcdef0123456789abcdef";

  private static final PageAddress ADDRESS = new PageAddress("budget_12", "v1", "p1");
  private static final Page.Crumb CRUMB =
      new Page.Crumb(Text.of("Budget by object code"), ADDRESS, Arrangement.PLAIN);

  private SamplePages() {}

  /** All of them, in a language. */
  public static List<Screen> in(String language) {
    return Stream.concat(
            own(language).stream(),
            Stream.of(
                    home(language),
                    form(language),
                    formWithErrors(language),
                    upload(language),
                    confirm(language),
                    confirmNew(language),
                    running(language),
                    report(language),
                    arranged(language),
                    lines(language),
                    foundNothing(language),
                    printout(language),
                    stopped(language),
                    failed(language),
                    done(language),
                    jobs(language),
                    noJobs(language))
                .map(Screen.Of::new))
        .toList();
  }

  private static List<Screen> own(String language) {
    return List.of(
        new Screen.SignIn(
            Optional.empty(),
            "",
            Screen.Idle.HALF_HOUR,
            "/w/budget_12",
            Screen.Notice.SIGNED_OUT,
            Optional.empty()),
        new Screen.SignIn(
            Optional.of(Refusal.SIGN_IN),
            "anna",
            Screen.Idle.TWO_HOURS,
            "/",
            Screen.Notice.NOTHING,
            Optional.empty()),
        new Screen.SignIn(
            Optional.empty(),
            "",
            Screen.Idle.HALF_HOUR,
            "/w/mail_forward/v1/p2",
            Screen.Notice.NOTHING,
            Optional.of(ended())),
        new Screen.SignInNext(PENDING, newPassword(), Optional.empty(), "/w/budget_12"),
        new Screen.SignInNext(PENDING, newPasswordRefused(), Optional.empty(), "/"),
        new Screen.SignInNext(PENDING, newPassword(), Optional.of(Refusal.SIGN_IN_SLOW), "/"),
        new Screen.SignInNext(PENDING, code(), Optional.empty(), "/"),
        new Screen.Session(session(language), "/w/budget_12"),
        new Screen.Sessions(sessions(language), true),
        new Screen.Problem(
            404, Refusal.WEB_NOT_FOUND, Optional.empty(), new Screen.After.Nothing()),
        Screen.Problem.of(
            Refusal.DAEMON_DOWN, Optional.empty(), new Screen.After.TryAgain("/w/budget_12")),
        Screen.Problem.of(
            Refusal.SESS_EXPIRED, Optional.empty(), new Screen.After.SignInFirst("/login")),
        Screen.Problem.of(
            Refusal.NOT_ANSWERING, Optional.of("7K3P-2M"), new Screen.After.Unknown()),
        new Screen.Home(home(language), "budget"),
        new Screen.Home(home(language), "no such thing"),
        new Screen.Cancel(running(language)),
        new Screen.Help(),
        new Screen.Accessibility());
  }

  /** A further screen of a sign-in. */
  public static SignInScreen newPassword() {
    return newPassword(Optional.empty(), Optional.empty());
  }

  /** Another one. */
  private static SignInScreen code() {
    return new SignInScreen(
        SignInScreen.Purpose.CODE,
        List.of(
            new SignInScreen.Field(
                "code", SignInScreen.Kind.CODE, Optional.of(Refusal.SIGN_IN_CODE))));
  }

  /** The same after an answer that was not taken. */
  public static SignInScreen newPasswordRefused() {
    return newPassword(Optional.of(Refusal.PASS_SHORT), Optional.of(Refusal.PASS_AGAIN));
  }

  private static SignInScreen newPassword(Optional<Refusal> first, Optional<Refusal> second) {
    return new SignInScreen(
        SignInScreen.Purpose.NEW_PASSWORD,
        List.of(
            new SignInScreen.Field("new", SignInScreen.Kind.NEW_PASSWORD, first),
            new SignInScreen.Field("again", SignInScreen.Kind.NEW_PASSWORD_AGAIN, second)));
  }

  /** S2. */
  public static Page.Home home(String language) {
    return new Page.Home(
        frame(language, "Financial Information System"),
        List.of(
            new Page.Recent(
                Text.of("Budget by object code"), "account 204110, period 2026-06", ADDRESS),
            new Page.Recent(Text.of("Mail forwarding"), "", ADDRESS)),
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
        List.of(),
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
        List.of(CRUMB),
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

  /** S3, with files. */
  public static Page.Form upload(String language) {
    return new Page.Form(
        frame(language, "Which list?"),
        ADDRESS,
        "ticket-3",
        List.of(),
        List.of(
            field(
                "list", "List", new Page.Control.Upload(300_000, List.of("csv", "txt")), List.of()),
            wrong(
                field("plan", "Plan", new Page.Control.Upload(524_288, List.of()), List.of()),
                "Choose a file"),
            field("title", "Title", line(40, Page.Keypad.TEXT), List.of("June"))),
        List.of(problem(Optional.of("plan"), "Choose a file")),
        Text.of("Send the list"));
  }

  /** S5, with what holds now. */
  public static Page.Confirm confirm(String language) {
    return new Page.Confirm(
        frame(language, "Check before you change your mail forwarding"),
        ADDRESS,
        "ticket-4",
        List.of(new Page.Crumb(Text.of("Mail forwarding"), ADDRESS, Arrangement.PLAIN)),
        List.of(
            change("Forward to", Optional.of("(not forwarded)"), "anna@example.org", true),
            change("Keep a copy", Optional.of("Yes"), "No", true),
            change("Language", Optional.of("English"), "English", false),
            change("Signature", Optional.empty(), "Anna Berg", true)),
        true,
        Text.of("Change my mail forwarding"));
  }

  /** S5, where nothing is known of before. */
  public static Page.Confirm confirmNew(String language) {
    return new Page.Confirm(
        frame(language, "Check your order"),
        ADDRESS,
        "ticket-5",
        List.of(),
        List.of(
            new Page.Change(
                Text.of("Copies"), Optional.empty(), Text.of("12"), true, Optional.empty())),
        false,
        Text.of("Send the order"));
  }

  private static Page.Change change(
      String label, Optional<String> now, String after, boolean changes) {
    String name = label.toLowerCase(java.util.Locale.ROOT).replace(' ', '_');
    return new Page.Change(
        Text.of(label),
        now.map(Text::of),
        Text.of(after),
        changes,
        Optional.of(new Page.FieldLink(ADDRESS, name)));
  }

  /** S6. */
  public static Page.Running running(String language) {
    return new Page.Running(
        frame(language, "Budget by object code"),
        "7K3P-2M",
        Page.JobState.RUNNING,
        Text.of("Running for 40 seconds. Usually takes 20 seconds to 2 minutes."),
        "account 204110, period 2026-06",
        Optional.of(Text.of("The program may have changed some of the data already.")));
  }

  /** S7. */
  public static Page.Report report(String language) {
    return report(
        language,
        Arrangement.PLAIN,
        1,
        rows(),
        Optional.of(
            chart(
                Page.ChartType.BAR,
                List.of("Salaries, academic staff", "Salaries, technical", "Travel"),
                List.of(
                    series("Budget", "125000", "48000", "9000"),
                    series("Balance", "6247.50", "-3210.75", "9000")))),
        Optional.empty());
  }

  /** S7, sorted, searched and in parts. */
  public static Page.Report arranged(String language) {
    return report(
        language,
        new Arrangement(Optional.of("spent"), true, "sal", 3, false, false),
        7,
        rows(),
        Optional.empty(),
        Optional.of(Text.of("Rows 201 to 300 of 612 in which \u201csal\u201d stands")));
  }

  /** S7, with a line. */
  public static Page.Report lines(String language) {
    return report(
        language,
        Arrangement.PLAIN,
        1,
        rows(),
        Optional.of(
            chart(
                Page.ChartType.LINE,
                List.of("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"),
                List.of(
                    series("Spent", "12000", "9500", "14200", "13100", "11800", "16000"),
                    series("Planned", "12000", "12000", "12000", "12500", "12500", "12500"),
                    series("Left", "4000", "6500", "4300", "3700", "4400", "-900")))),
        Optional.empty());
  }

  /** S7, searched in vain. */
  public static Page.Report foundNothing(String language) {
    return report(
        language,
        new Arrangement(Optional.empty(), false, "zzz", 1, false, false),
        1,
        List.of(),
        Optional.empty(),
        Optional.of(Text.of("0 of 612 rows")));
  }

  private static List<Page.Row> rows() {
    return List.of(
        row(0, "061100", "Salaries, academic staff", "125,000.00", "118,752.50", "6,247.50"),
        row(1, "061200", "Salaries, technical", "48,000.00", "51,210.75", "\u22123,210.75"),
        row(2, "071000", "Travel", "9,000.00", "0.00", "9,000.00"));
  }

  private static Page.Report report(
      String language,
      Arrangement arrangement,
      int parts,
      List<Page.Row> rows,
      Optional<Page.Chart> chart,
      Optional<Text> note) {
    return new Page.Report(
        frame(language, "Budget of account 204110, period 2026-06"),
        ADDRESS,
        Text.of("Budget by object code, " + rows.size() + " rows, totals agree with the report"),
        "14:03",
        List.of(CRUMB),
        arrangement,
        parts,
        note,
        List.of(
            new Page.Column("object", Text.of("Object"), false),
            new Page.Column("descr", Text.of("Description"), false),
            new Page.Column("budget", Text.of("Budget"), true),
            new Page.Column("spent", Text.of("Spent"), true),
            new Page.Column("balance", Text.of("Balance"), true)),
        rows,
        Optional.of(
            new Page.Row(
                cells("Total", "", "182,000.00", "169,963.25", "12,036.75"), Optional.empty())),
        chart,
        List.of(Page.Download.values()),
        Optional.of(new Page.Onward("ticket-6", Text.of("Move the balance"))));
  }

  /** A chart of these figures. */
  static Page.Chart chart(Page.ChartType type, List<String> categories, List<Page.Series> series) {
    return new Page.Chart(
        type,
        Text.of("Budget and balance by object code"),
        Text.of("Salaries, technical is over budget by 3,210.75."),
        categories,
        series);
  }

  /** A series of these figures, shown as they stand here. */
  static Page.Series series(String name, String... values) {
    return new Page.Series(
        Text.of(name),
        Stream.of(values).map(BigDecimal::new).toList(),
        Stream.of(values).map(value -> value.replace('-', '\u2212')).toList());
  }

  /** S17. */
  public static Page.Printout printout(String language) {
    return new Page.Printout(
        frame(language, "Budget of account 204110, period 2026-06"),
        ADDRESS,
        Optional.of(Text.of("Line 12 is not one that this report is known to have.")),
        "14:03",
        List.of(CRUMB),
        List.of(
            new Page.Sheet(
                List.of(
                    "FIS   BUDGET 12                                              PAGE 1",
                    "",
                    "061100  SALARIES, ACADEMIC STAFF      125,000.00   118,752.50    6,247.50")),
            new Page.Sheet(
                List.of(
                    "FIS   BUDGET 12                                              PAGE 2",
                    "** TOTAL                              182,000.00   169,963.25   12,036.75"))),
        List.of(Page.Download.ORIGINAL),
        true,
        true,
        Optional.of(new Page.Onward("ticket-7", Text.of("Go on"))));
  }

  /** S10. */
  public static Page.Stopped stopped(String language) {
    return new Page.Stopped(
        frame(language, "You do not have access to account 999999"),
        Refusal.JOB_REFUSED,
        Text.of("You do not have access to account 999999"),
        Optional.of(new Text("FIS: no access to account 999999", Optional.of("en"))),
        Optional.empty(),
        Optional.of(Text.of("You can choose another account.")),
        List.of(CRUMB),
        Optional.of(new Page.Crumb(Text.of("Choose another account"), ADDRESS, Arrangement.PLAIN)),
        Optional.empty());
  }

  /** S11. */
  public static Page.Stopped failed(String language) {
    return new Page.Stopped(
        frame(language, "Sorry, there is a problem with the service"),
        Refusal.JOB_FAILED,
        Text.of("The program ended with an error"),
        Optional.empty(),
        Optional.of(Text.of("The program had started to change data. Check before you try again.")),
        Optional.of(Text.of("If it happens once more, tell the service desk the reference.")),
        List.of(),
        Optional.empty(),
        Optional.of(ADDRESS));
  }

  /** S9, tried a second time. */
  public static Page.Done done(String language) {
    return new Page.Done(
        frame(language, "Mail forwarding changed"),
        Text.of("New mail goes to anna@example.org."),
        "23 November 2026, 14:02",
        Optional.of(Text.of("You already did this at 14:02. It was not done again.")),
        List.of(
            new Page.Fact(Text.of("Forward to"), Text.of("anna@example.org")),
            new Page.Fact(Text.of("Keep a copy"), Text.of("No"))),
        "mail_forward");
  }

  /** S16. */
  public static Page.JobList jobs(String language) {
    return new Page.JobList(
        frame(language, "My jobs"),
        List.of(
            job("7K3P-2M", Page.JobState.RUNNING, "running", false),
            job("8QF1-9C", Page.JobState.WAITING, "waiting, 2 before it", false),
            job("1ABC-2D", Page.JobState.DONE, "done", true),
            job("2ABC-2D", Page.JobState.FAILED, "failed", true),
            job("3ABC-2D", Page.JobState.CANCELLED, "cancelled", true),
            job("4ABC-2D", Page.JobState.UNKNOWN, "not known", false)));
  }

  /** S16, without any. */
  public static Page.JobList noJobs(String language) {
    return new Page.JobList(frame(language, "My jobs"), List.of());
  }

  public static Page.Session session(String language) {
    return new Page.Session(frame(language, "Your session"), "23 November 2026, 18:00");
  }

  public static Page.SessionList sessions(String language) {
    return new Page.SessionList(
        frame(language, "Where you are signed in"),
        "0a1b",
        List.of(
            new Page.SessionLine("0a1b", "Today, 14:02", "14:30", Text.of("Password"), ""),
            new Page.SessionLine(
                "2c3d", "Today, 9:12", "13:30", Text.of("Password"), "192.0.2.7")));
  }

  public static Reply.Ended ended() {
    return new Reply.Ended(
        "anna",
        "Anna Berg",
        Text.of("You were signed out at 14:35 because you did nothing for 30 minutes"),
        true,
        List.of(
            new Reply.Kept(
                Text.of("What you typed is kept for you until 15:35. Nothing was sent."),
                ADDRESS)));
  }

  private static Page.JobLine job(
      String reference, Page.JobState state, String words, boolean again) {
    return new Page.JobLine(
        reference,
        "23 November 2026, 14:02",
        Text.of("Budget by object code"),
        "204110, 2026-06",
        state,
        Text.of(words),
        again ? Optional.of(ADDRESS) : Optional.empty());
  }

  private static Page.Frame frame(String language, String title) {
    return new Page.Frame(
        Text.of(title), language, "Anna Berg", "14:35", 1800, Optional.of("7K3P-2M"));
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
