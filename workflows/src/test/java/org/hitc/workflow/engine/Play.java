package org.hitc.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.Workflow;
import org.hitc.workflow.yaml.Loaded;
import org.hitc.workflow.yaml.WorkflowLoader;

/** Plays one small workflow: says how its programs end, and notes which of them ran. */
final class Play {
  private static final Set<String> PROGRAMS =
      Set.of("check", "allow", "judge", "list", "values", "rows", "print", "more", "write", "show");

  private final AtomicInteger handles = new AtomicInteger();
  private Context context = context(InputReader.canonical());
  private final Map<String, Ending> endings = new HashMap<>();
  private final Map<String, String> printed = new HashMap<>();
  private final Map<String, String> said = new HashMap<>();
  private final List<Invocation> ran = new ArrayList<>();
  private final Engine engine;

  private Play(Workflow workflow) {
    this.engine = new Engine(workflow);
  }

  private Context context(InputReader input) {
    return new Context(
        "anna",
        "en",
        LocalDate.of(2026, 11, 23),
        "7K3P-2M",
        () -> "h" + handles.incrementAndGet(),
        input);
  }

  /** What is typed from now on is read by this. */
  Play reading(InputReader input) {
    context = context(input);
    return this;
  }

  /** Plays these steps: a list in YAML, with what else stands beside it. */
  static Play of(String steps) {
    return new Play(load(steps));
  }

  static Workflow load(String steps) {
    String yaml =
        """
        workflow: w
        title: W
        roles: [everyone]
        """
            + (steps.startsWith("- ") ? "steps:\n" : "")
            + steps;
    Loaded loaded =
        new WorkflowLoader(PROGRAMS)
            .load(
                "w.yaml",
                yaml.getBytes(StandardCharsets.UTF_8),
                _ -> {
                  throw new AssertionError("no file stands beside it");
                });
    if (loaded instanceof Loaded.Good(Workflow workflow)) {
      return workflow;
    }
    throw new AssertionError(loaded);
  }

  Play printing(String program, String text) {
    printed.put(program, text);
    return this;
  }

  Play exiting(String program, int status) {
    return ending(program, new Ending.Exited(status));
  }

  Play ending(String program, Ending ending) {
    endings.put(program, ending);
    return this;
  }

  Play saying(String program, String message) {
    said.put(program, message);
    return this;
  }

  Outcome start() {
    return start(Map.of());
  }

  Outcome start(Map<String, List<String>> values) {
    return play(new Position.Beginning(), new Event.Start(values));
  }

  /** Submits a page with these fields and values, in turn. */
  Outcome submit(Snapshot page, String... namesAndValues) {
    Map<String, List<String>> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.computeIfAbsent(namesAndValues[i], _ -> new ArrayList<>()).add(namesAndValues[i + 1]);
    }
    return play(page, new Event.Submit(values));
  }

  Outcome follow(Snapshot page, int row) {
    return play(page, new Event.Follow(page.offers().get(row).handle()));
  }

  Outcome again(Snapshot page) {
    return play(page, new Event.Again());
  }

  /** One event, with all the programs that it starts. */
  Outcome play(Position position, Event event) {
    ran.clear();
    Outcome outcome = engine.advance(position, event, context);
    while (outcome instanceof Outcome.Run(List<Invocation> chain, Pending pending)) {
      outcome = engine.advance(pending, new Event.JobEnded(run(chain)), context);
    }
    return outcome;
  }

  /** Only what the engine wants to be run. */
  Outcome ask(Position position, Event event) {
    return engine.advance(position, event, context);
  }

  private List<ProgramResult> run(List<Invocation> chain) {
    List<ProgramResult> results = new ArrayList<>();
    for (Invocation invocation : chain) {
      String program = invocation.program();
      Ending ending = endings.getOrDefault(program, new Ending.Exited(0));
      ran.add(invocation);
      results.add(
          result(
              program, ending, printed.getOrDefault(program, ""), said.getOrDefault(program, "")));
      if (!(ending instanceof Ending.Exited(int status))
          || !invocation.successExit().contains(status)) {
        break;
      }
    }
    return results;
  }

  static ProgramResult result(String program, Ending ending, String stdout, String stderr) {
    return new ProgramResult(
        program,
        ending,
        StandardCharsets.UTF_8,
        ProgramResult.Printed.of(stdout.getBytes(StandardCharsets.UTF_8)),
        stderr.getBytes(StandardCharsets.UTF_8));
  }

  /** The steps whose programs the last event started, in order. */
  List<String> ran() {
    return ran.stream().map(Invocation::step).toList();
  }

  /** What the last event started, in order. */
  List<Invocation> invocations() {
    return List.copyOf(ran);
  }

  static Snapshot page(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Show.class);
    return ((Outcome.Show) outcome).page();
  }

  static View.Stopped stopped(Outcome outcome) {
    assertThat(page(outcome).view()).isInstanceOf(View.Stopped.class);
    return (View.Stopped) page(outcome).view();
  }

  static View.Form invalid(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Invalid.class);
    return (View.Form) ((Outcome.Invalid) outcome).page().view();
  }

  static void assertRefused(Outcome outcome, Refusal why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(Outcome.Refuse.class, r -> assertThat(r.why()).isEqualTo(why));
  }

  /** The handle of the choice with this value, as the page offered it. */
  static String handle(Snapshot page, String value) {
    return page.offers().stream()
        .filter(offer -> offer.value().equals(value))
        .findFirst()
        .orElseThrow()
        .handle();
  }
}
