package org.hitc.listener.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.os.Poller;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.input.LocalInputs;
import org.hitc.listener.Listener;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.job.Printouts;
import org.hitc.listener.job.References;
import org.hitc.listener.page.Readers;
import org.hitc.listener.page.SheetReader;
import org.hitc.listener.page.Typing;
import org.hitc.listener.program.ProcessSetup;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.listener.visit.KeepingQuota;
import org.hitc.listener.visit.Uploads;
import org.hitc.listener.visit.Visits;
import org.hitc.session.Session;
import org.hitc.session.signin.UserEntry;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.hitc.workflow.yaml.Loaded;
import org.hitc.workflow.yaml.WorkflowLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms that are filled in while languages change. */
class VisitDeskTest {
  private static final String WORKFLOW =
      """
      workflow: w
      title: W
      roles: [everyone]
      steps:
        - form: ask
          title: Ask
          fields:
            a: { label: Amount, type: amount, decimals: 3 }
            d: { label: Day, type: date, required: false }
            more: { label: More, type: checkbox, required: false }
          next: { more: { no: end } }
        - form: more_of_it
          title: More
          fields: { t: { label: Text, required: false } }
        - done: end
          title: Done
      """;

  @TempDir private Path folder;
  private Poller poller;
  private AuditLog audit;
  private Store store;
  private ProgramRunner runner;
  private Jobs jobs;
  private final Workflows workflows = new Only(definition(messages()));
  private VisitDesk desk;

  @BeforeAll
  static void prepareProcess() {
    ProcessSetup.apply();
  }

  @BeforeEach
  void open() throws IOException {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    poller = Poller.open();
    audit = AuditLog.open(folder.resolve("audit.log"), clock);
    store = FreshStore.open(folder.resolve("store.db"));
    runner = new ProgramRunner(poller, "desk-test", "main", "UTC", Optional.empty());
    Printouts printouts = new Printouts(folder.resolve("printouts"));
    jobs =
        new Jobs(
            runner,
            Map::of,
            store,
            "main",
            audit,
            ArgumentDigests.open(folder.resolve("digest.key"), random),
            printouts,
            new References(random),
            clock,
            Duration.ofHours(1),
            1);
    KeepingQuota quota = new KeepingQuota(clock);
    Visits visits = new Visits(store, random, Duration.ofHours(1), quota);
    Readers readers = new Readers(Language.of("en"));
    desk =
        new VisitDesk(
            visits,
            new Walk(visits, jobs, audit, clock, ZoneOffset.UTC),
            new Uploads(folder.resolve("uploads"), visits::freshId, quota),
            readers,
            new Typing(new LocalInputs(), clock, ZoneOffset.UTC),
            new SheetReader(printouts),
            new ReportFiles(printouts, readers));
  }

  @AfterEach
  void close() throws IOException {
    jobs.close();
    runner.close();
    store.close();
    audit.close();
    poller.close();
  }

  private record Only(Definition definition) implements Workflows {
    @Override
    public Messages words() {
      return definition.messages();
    }

    @Override
    public Optional<Definition> current(String name) {
      return Optional.of(definition).filter(d -> d.workflow().name().equals(name));
    }

    @Override
    public Optional<Definition> pinned(String hash) {
      return Optional.of(definition).filter(d -> d.workflow().hash().equals(hash));
    }

    @Override
    public Collection<Definition> all() {
      return List.of(definition);
    }
  }

  private static Messages messages() {
    Loading loading =
        Messages.load(
            Languages.of(List.of("en", "de")),
            Language.of("en"),
            ZoneOffset.UTC,
            List.of(new Layer.Product(Listener.class), new Layer.Product(Refusal.class)));
    if (loading instanceof Loading.Loaded loaded) {
      return loaded.messages();
    }
    throw new AssertionError(loading);
  }

  private static Definition definition(Messages words) {
    Loaded loaded =
        new WorkflowLoader(Set.of())
            .load(
                "w.yaml",
                WORKFLOW.getBytes(StandardCharsets.UTF_8),
                _ -> {
                  throw new AssertionError("no file stands beside it");
                });
    if (loaded instanceof Loaded.Good good) {
      return Definition.of(good.workflow(), words);
    }
    throw new AssertionError(loaded);
  }

  /** Anna, who reads this language now. */
  private Caller anna(String language) {
    Instant later = Instant.parse("2099-01-01T00:00:00Z");
    Session session =
        new Session(
            "s",
            "anna",
            "password",
            "127.0.0.1",
            Instant.EPOCH,
            Instant.EPOCH,
            Duration.ofMinutes(30),
            later,
            later,
            Duration.ofMinutes(30),
            Optional.empty());
    UserEntry user = new UserEntry("anna", "Anna", Optional.empty(), Set.of(), true, "1");
    return new Caller(session, user, Language.of(language), workflows);
  }

  private static PageAddress moved(Answered answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answered.With.class, w -> assertThat(w.reply()).isInstanceOf(Reply.Moved.class));
    return ((Reply.Moved) ((Answered.With) answer).reply()).to();
  }

  private <P extends Page> P view(Class<P> kind, String language, PageAddress at) throws Exception {
    Answered answer =
        desk.view(
            anna(language),
            new Request.View("", at.workflow(), at.visit(), at.page(), Map.of(), language));
    return shown(kind, answer);
  }

  private static <P extends Page> P shown(Class<P> kind, Answered answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answered.With.class, w -> assertThat(w.reply()).isInstanceOf(Reply.Show.class));
    return kind.cast(((Reply.Show) ((Answered.With) answer).reply()).page());
  }

  private Page.Form started(String language, Map<String, List<String>> link) throws Exception {
    Answered answer = desk.start(anna(language), new Request.Start("", "w", link, language));
    return view(Page.Form.class, language, moved(answer));
  }

  private Answered submit(String language, Page.Form form, String amount, String day)
      throws Exception {
    PageAddress at = form.address();
    return desk.submit(
        anna(language),
        new Request.Submit(
            "", at.workflow(), at.visit(), at.page(), form.ticket(), typed(amount, day), language));
  }

  private static Map<String, List<String>> typed(String amount, String day) {
    return Map.of("a", List.of(amount), "d", List.of(day));
  }

  private PageAddress kept(String language, Page.Form form, String amount, String day) {
    PageAddress at = form.address();
    return moved(
        desk.keep(
            anna(language),
            new Request.Keep(
                "",
                at.workflow(),
                at.visit(),
                at.page(),
                form.ticket(),
                typed(amount, day),
                language)));
  }

  private static List<String> values(Page.Form form) {
    return form.fields().stream().flatMap(f -> f.values().stream()).toList();
  }

  private List<String> answers(String language, Answered answer) throws Exception {
    return view(Page.Done.class, language, moved(answer)).values().stream()
        .limit(2)
        .map(fact -> fact.value().value())
        .toList();
  }

  @Test
  void what_was_typed_is_read_in_the_language_of_the_page() throws Exception {
    Page.Form german = started("de", Map.of());
    assertThat(answers("en", submit("de", german, "1.234", "3.11.2026")))
        .containsExactly("1,234.000", "November 3, 2026");
    Page.Form english = started("en", Map.of());
    assertThat(answers("en", submit("en", english, "1.234", "3/11/2026")))
        .containsExactly("1.234", "March 11, 2026");
  }

  @Test
  void also_when_its_reader_has_changed_to_another_one_in_another_tab() throws Exception {
    Page.Form german = started("de", Map.of());
    assertThat(answers("en", submit("en", german, "1.234", "3.11.2026")))
        .containsExactly("1,234.000", "November 3, 2026");
  }

  @Test
  void a_half_filled_form_that_is_kept_means_the_same_in_another_language() throws Exception {
    Page.Form german = started("de", Map.of());
    for (String by : List.of("de", "en")) {
      PageAddress kept = kept(by, german, "1.234", "3.11.2026");
      assertThat(values(view(Page.Form.class, "de", kept))).containsExactly("1.234", "3.11.2026");
      Page.Form english = view(Page.Form.class, "en", kept);
      assertThat(values(english)).containsExactly("1234", "11/3/2026");
      assertThat(answers("en", submit("en", english, "1234", "11/3/2026")))
          .containsExactly("1,234.000", "November 3, 2026");
      PageAddress again = kept("en", english, "1234", "11/3/2026");
      assertThat(values(view(Page.Form.class, "de", again))).containsExactly("1234", "03.11.2026");
    }
  }

  @Test
  void the_way_back_leads_to_the_same_meaning() throws Exception {
    Page.Form german = started("de", Map.of());
    PageAddress at = german.address();
    Map<String, List<String>> more = new HashMap<>(typed("1.234", "3.11.2026"));
    more.put("more", List.of("yes"));
    Request.Submit submit =
        new Request.Submit("", "w", at.visit(), at.page(), german.ticket(), more, "en");
    PageAddress next = moved(desk.submit(anna("en"), submit));
    PageAddress back = view(Page.Form.class, "en", next).trail().getLast().address();
    assertThat(back).isNotEqualTo(at);
    assertThat(values(view(Page.Form.class, "de", back)))
        .containsExactly("1.234", "3.11.2026", "yes");
    Page.Form english = view(Page.Form.class, "en", back);
    assertThat(values(english)).containsExactly("1234", "11/3/2026", "yes");
    assertThat(answers("en", submit("en", english, "1234", "11/3/2026")))
        .containsExactly("1,234.000", "November 3, 2026");
  }

  @Test
  void a_form_with_an_error_is_shown_in_the_language_of_now_and_means_the_same() throws Exception {
    Page.Form german = started("de", Map.of());
    Page.Form wrong = shown(Page.Form.class, submit("de", german, "1.234", "3.11.26"));
    assertThat(values(wrong)).containsExactly("1.234", "3.11.26");
    Page.Form other = shown(Page.Form.class, submit("en", german, "1.234", "3.11.26"));
    assertThat(values(other)).containsExactly("1234", "3.11.26");
    assertThat(answers("en", submit("en", other, "1234", "11/3/2026")))
        .containsExactly("1,234.000", "November 3, 2026");
  }

  @Test
  void a_link_says_the_same_to_everybody() throws Exception {
    Map<String, List<String>> link = typed("1.234", "2026-11-03");
    Page.Form german = started("de", link);
    assertThat(values(german)).containsExactly("1,234", "03.11.2026");
    assertThat(answers("en", submit("de", german, "1,234", "03.11.2026")))
        .containsExactly("1.234", "November 3, 2026");
    assertThat(values(started("en", link))).containsExactly("1.234", "11/3/2026");
  }

  @Test
  void a_ticket_of_no_language_is_refused() throws Exception {
    Page.Form form = started("de", Map.of());
    PageAddress at = form.address();
    for (String ticket :
        List.of(form.ticket().substring(0, 32), form.ticket() + "7878", "0".repeat(36))) {
      assertThat(
              desk.submit(
                  anna("de"),
                  new Request.Submit(
                      "", at.workflow(), at.visit(), at.page(), ticket, typed("1", ""), "de")))
          .as(ticket)
          .isInstanceOfSatisfying(
              Answered.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.WF_STEP));
    }
  }
}
