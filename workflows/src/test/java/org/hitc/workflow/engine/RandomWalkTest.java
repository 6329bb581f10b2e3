package org.hitc.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Workflow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway that sends anything to any page of a visit, and programs that print anything: what must
 * hold nevertheless.
 */
class RandomWalkTest {
  private static final int STEPS = 4_000;

  /**
   * Every kind of step and turn; guards of the two branches are {@code judge} and {@code check}.
   */
  private static final String WORKFLOW =
      """
      messages: { BAD: { field: n } }
      steps:
      - run: allow
        stdin: [$user]
      - run: values
        output: values
        values: [v]
      - form: ask
        title: Ask $v
        fields:
          n: { label: N, default: $v }
          kind:
            label: Kind
            choices: [{ value: a, label: A }, { value: b, label: B }]
          many: { label: Many, type: many, required: false, choices: { program: list } }
          lines: { label: L, type: textarea, required: false }
          p: { label: P, type: password, required: false }
        next: { kind: { a: judge, b: check } }
      - run: judge
        stdin: [$n]
        next: { 3: ask, 4: second }
      - report: first
        title: First of $n
        program: print
        args: [$n]
        columns: { csv: { columns: [{ column: id, label: Id }, { column: t, label: T }] } }
        drill_down: rows_of
        next: choose
      - report: rows_of
        title: Rows of $row.id
        program: more
        args: [$n, $row.id]
        columns: { csv: { columns: [{ column: id, label: Id }, { column: t, label: T }] } }
      - report: second
        title: Second
        program: more
        args: [$n, $many]
        columns: { csv: { columns: [{ column: id, label: Id }, { column: t, label: T }] } }
      - run: check
        stdin: [$n, $lines]
      - form: choose
        title: Choose
        fields:
          again: { label: Again, type: checkbox }
        next: { again: { "yes": ask } }
      - confirm: sure
        title: Sure
      - run: before
        program: judge
        stdin: [$n]
        next: { 3: choose }
      - run: write
        stdin: [$n, $kind, $lines]
        writes: true
      - run: after
        program: values
        output: values
        values: [v]
      - report: receipt
        title: Receipt
        program: print
        args: [$n]
        columns: { csv: { columns: [{ column: id, label: Id }, { column: t, label: T }] } }
      - done: end
        title: End
        text: $n
      """;

  private static final List<String> TYPED =
      List.of(
          "",
          " ",
          "1",
          "a",
          "b",
          "yes",
          "no",
          "-x",
          "@f",
          "+1",
          "--",
          "a\nb",
          "a\r\nb\n-c",
          "a\u0000",
          "\uD800",
          "é",
          "e\u0301",
          "\u2028",
          "x".repeat(300),
          "$user",
          "h1",
          "h2");

  private static final List<String> PRINTED =
      List.of(
          "",
          "1,one\n2,two\n",
          "V=1\n",
          "V=1\nUSER=root\nN=-x\n",
          "V=-x\n",
          "a\nb\n",
          "a\na\n",
          "-a,x\n@b,y\n",
          "\u0000\n",
          "1\n",
          "1,\u001b[2J\n",
          "a\tA\nb\tB\n",
          "\f\f\f",
          "V=\n",
          "x".repeat(9_000) + "\n",
          ",\n",
          "\uFEFFV=1\n");

  private static final List<String> SAID =
      List.of("", "%FIS-E-BAD, bad", "%FIS-F-DEAD, dead", "%", "%X-Q-Y, z", "\u0000\u001b");

  private final Workflow workflow = Play.load(WORKFLOW);
  private final Play play = Play.of(WORKFLOW);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("no event and no output makes it fail, reach a program unchecked, or write unasked")
  void holds(long seed) {
    Random random = new Random(seed);
    List<Snapshot> pages = new ArrayList<>();
    Map<Class<?>, Integer> seen = new HashMap<>();
    for (int i = 0; i < STEPS; i++) {
      Position from =
          pages.isEmpty() || random.nextInt(20) == 0
              ? new Position.Beginning()
              : pages.get(random.nextInt(pages.size()));
      Event event = event(from, pages, random);
      Outcome outcome = play.ask(from, event);
      List<String> ran = new ArrayList<>();
      Changed changed = Changed.NO;
      while (outcome instanceof Outcome.Run(List<Invocation> chain, Pending pending)) {
        assertThat(ran).as("a job ends").hasSizeLessThan(100);
        chain.forEach(invocation -> assertChecked(invocation));
        if (chain.stream().anyMatch(Invocation::writes)) {
          assertThat(from)
              .isInstanceOfSatisfying(
                  Snapshot.class, page -> assertThat(page.view()).isInstanceOf(View.Confirm.class));
        }
        chain.forEach(invocation -> ran.add(invocation.step()));
        assertGuarded(chain, pending, ran);
        List<ProgramResult> results = results(chain, random);
        changed = changed.and(Changed.by(chain, results));
        outcome = play.ask(pending, new Event.JobEnded(results));
      }
      seen.merge(outcome.getClass(), 1, Integer::sum);
      switch (outcome) {
        case Outcome.Show(Snapshot page, Changed said) -> {
          assertThat(said).isEqualTo(changed);
          if (page.view() instanceof View.Stopped stopped) {
            assertThat(stopped.changed()).isEqualTo(changed);
          }
          assertThat(page.known().way()).extracting(Known.Passed::step).doesNotHaveDuplicates();
          assertThat(page.toString()).doesNotContain("secret");
          if (pages.size() < 200) {
            pages.add(page);
          } else {
            pages.set(random.nextInt(pages.size()), page);
          }
        }
        case Outcome.Invalid(Snapshot page) ->
            assertThat(((View.Form) page.view()).problems()).isNotEmpty();
        case Outcome.Refuse refuse -> {
          assertThat(refuse.changed()).isEqualTo(changed);
          assertThat(refuse.why()).isNotEqualTo(Refusal.WF_CONFIG);
        }
        case Outcome.Run _ -> throw new AssertionError("has been run");
      }
      pages.stream()
          .map(page -> page.view().getClass())
          .forEach(c -> seen.merge(c, 1, Integer::sum));
    }
    assertThat(seen.keySet())
        .contains(
            Outcome.Show.class,
            Outcome.Invalid.class,
            Outcome.Refuse.class,
            View.Form.class,
            View.Report.class,
            View.Confirm.class,
            View.Stopped.class);
  }

  private static void assertChecked(Invocation invocation) {
    for (String argument : invocation.args()) {
      assertThat(Rules.argument(argument, false)).isEmpty();
    }
    for (String line : invocation.stdin()) {
      assertThat(Rules.inputLine(line)).isEmpty();
    }
  }

  /** A report and a write run behind every guard above them that is not on another branch. */
  private void assertGuarded(List<Invocation> chain, Pending pending, List<String> ran) {
    for (Invocation invocation : chain) {
      if (invocation.role() == Role.REPORT || invocation.role() == Role.CHANGE) {
        BiPredicate<RunStep, Integer> needed =
            (run, place) ->
                !run.writes()
                    && place < workflow.indexOf(invocation.step())
                    && !pending.known().passedBy().contains(run.name());
        Set<String> guards = new HashSet<>();
        for (int i = 0; i < workflow.steps().size(); i++) {
          if (workflow.steps().get(i) instanceof RunStep run && needed.test(run, i)) {
            guards.add(run.name());
          }
        }
        assertThat(ran.subList(0, ran.lastIndexOf(invocation.step()))).containsAll(guards);
        assertThat(guards).contains("allow", "values");
      }
    }
  }

  private static Event event(Position from, List<Snapshot> pages, Random random) {
    if (from instanceof Position.Beginning) {
      return new Event.Start(
          random.nextBoolean()
              ? Map.of()
              : Map.of(
                  any(List.of("n", "kind", "many", "p", "x"), random),
                  List.of(any(TYPED, random))));
    }
    Snapshot page = (Snapshot) from;
    return switch (random.nextInt(8)) {
      case 0 -> new Event.Again();
      case 1, 2 -> new Event.Follow(handle(page, pages, random));
      case 3 -> new Event.Submit(Map.of(any(List.of("n", "p", "x"), random), List.of("secret")));
      case 4 -> new Event.Submit(Map.of());
      default -> new Event.Submit(filled(page, pages, random));
    };
  }

  /** Mostly as an honest browser fills the form. */
  private static Map<String, List<String>> filled(
      Snapshot page, List<Snapshot> pages, Random random) {
    Map<String, List<String>> values = new HashMap<>();
    if (page.view() instanceof View.Form form) {
      for (View.FieldView field : form.fields()) {
        switch (field.control()) {
          case View.Control.One _, View.Control.Many _ -> {
            List<String> own =
                page.offers().stream()
                    .filter(o -> o.field().orElse("").equals(field.name()))
                    .map(Offer::handle)
                    .toList();
            values.put(
                field.name(),
                own.isEmpty() || random.nextInt(10) == 0
                    ? List.of(handle(page, pages, random))
                    : List.of(any(own, random)));
          }
          case View.Control.Checkbox _ ->
              values.put(field.name(), random.nextBoolean() ? List.of("yes") : List.of());
          case View.Control.Secret _ -> values.put(field.name(), List.of("secret"));
          default ->
              values.put(field.name(), List.of(random.nextBoolean() ? "12" : any(TYPED, random)));
        }
      }
    }
    return values;
  }

  private static String handle(Snapshot page, List<Snapshot> pages, Random random) {
    List<Offer> offers =
        random.nextInt(4) == 0 ? pages.get(random.nextInt(pages.size())).offers() : page.offers();
    return offers.isEmpty() ? any(TYPED, random) : any(offers, random).handle();
  }

  private static List<ProgramResult> results(List<Invocation> chain, Random random) {
    List<ProgramResult> results = new ArrayList<>();
    for (Invocation invocation : chain) {
      Ending ending =
          switch (random.nextInt(24)) {
            case 0 -> new Ending.Exited(1);
            case 1 -> new Ending.Exited(3);
            case 2 -> new Ending.Exited(4);
            case 3 -> new Ending.Signalled(11);
            case 4 -> new Ending.Stopped(Refusal.JOB_TIMEOUT, true);
            case 5 -> new Ending.Stopped(Refusal.BUSY, false);
            default -> new Ending.Exited(0);
          };
      results.add(
          Play.result(
              invocation.program(),
              ending,
              random.nextInt(3) == 0 ? any(PRINTED, random) : usual(invocation.program()),
              any(SAID, random)));
      if (!(ending instanceof Ending.Exited(int status))
          || !invocation.successExit().contains(status)) {
        break;
      }
    }
    return results;
  }

  private static String usual(String program) {
    return switch (program) {
      case "values" -> "V=5\n";
      case "list" -> "a\nb\n";
      default -> "1,one\n2,two\n";
    };
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
