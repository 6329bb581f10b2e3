package org.hitc.workflow.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a visit knows on the way to a page, and with it. Holds no password.
 *
 * <p>It is the way itself: every step that was passed, with what it brought. Who comes back to a
 * step forgets what came behind it, so that no answer of a branch that was left is ever seen again.
 *
 * @param way steps that were passed and brought something or led on, each of them once
 * @param passedBy runs that lie on another branch than the one that was taken
 */
public record Known(List<Passed> way, List<String> passedBy) {

  /** Nothing yet. */
  public static final Known NOTHING = new Known(List.of(), List.of());

  /**
   * A step that was passed.
   *
   * @param passedBy runs on other branches, as it was when the way came to this step
   * @param answers of a form, by field; {@code row.column} for a row that was followed
   * @param values that a program printed ({@code output: values}), by name: what holds before
   *     anything is changed
   * @param rows that a program printed and later forms offer, by the field that offers them
   * @param exit the exit status by which a run chose the way
   */
  public record Passed(
      String step,
      List<String> passedBy,
      Map<String, Answer> answers,
      Map<String, String> values,
      Map<String, Kept> rows,
      Optional<Exit> exit) {
    public Passed {
      passedBy = List.copyOf(passedBy);
      answers = Map.copyOf(answers);
      values = Map.copyOf(values);
      rows = Map.copyOf(rows);
    }
  }

  /** An exit status by which a run chose the way. */
  public record Exit(int status) {}

  /** What a field will offer: different choices, at most one more than any form takes. */
  public record Kept(List<Choice> choices) {
    public Kept {
      choices = List.copyOf(choices);
    }
  }

  /** A choice that a row makes: as the program printed both, not checked yet. */
  public record Choice(String value, String label) {}

  public Known {
    way = List.copyOf(way);
    passedBy = List.copyOf(passedBy);
  }

  /** Answers of forms, by name; {@code row.column} for rows that were followed. */
  public Map<String, Answer> answers() {
    return merged(Passed::answers);
  }

  /** Values that programs printed, by name. */
  public Map<String, String> values() {
    return merged(Passed::values);
  }

  /** What a field will offer of the rows that a program printed. */
  Optional<Kept> rows(String field) {
    return Optional.ofNullable(merged(Passed::rows).get(field));
  }

  /** The exit status by which this run chose the way. */
  Optional<Exit> taken(String run) {
    return way.stream().filter(p -> p.step().equals(run)).findFirst().flatMap(Passed::exit);
  }

  /** As it was when the way came to this step before, if it did. */
  Known arriving(String step) {
    for (int i = 0; i < way.size(); i++) {
      if (way.get(i).step().equals(step)) {
        return new Known(way.subList(0, i), way.get(i).passedBy());
      }
    }
    return this;
  }

  Known withAnswers(String step, Map<String, Answer> answers) {
    return with(step, p -> new Passed(step, p.passedBy(), answers, p.values(), p.rows(), p.exit()));
  }

  Known withValues(String step, Map<String, String> values) {
    return with(step, p -> new Passed(step, p.passedBy(), p.answers(), values, p.rows(), p.exit()));
  }

  Known withRows(String step, Map<String, Kept> rows) {
    return with(step, p -> new Passed(step, p.passedBy(), p.answers(), p.values(), rows, p.exit()));
  }

  Known withTaken(String step, int exit) {
    return with(
        step,
        p ->
            new Passed(
                step,
                p.passedBy(),
                p.answers(),
                p.values(),
                p.rows(),
                Optional.of(new Exit(exit))));
  }

  /** With this step passed, whatever it brought. */
  Known passing(String step) {
    return with(step, passed -> passed);
  }

  Known withPassedBy(List<String> runs) {
    return new Known(way, runs);
  }

  private Known with(String step, Function<Passed, Passed> change) {
    List<Passed> longer = new ArrayList<>(way);
    Passed passed =
        longer.isEmpty() || !longer.getLast().step().equals(step)
            ? new Passed(step, passedBy, Map.of(), Map.of(), Map.of(), Optional.empty())
            : longer.removeLast();
    longer.add(change.apply(passed));
    return new Known(longer, passedBy);
  }

  private <T> Map<String, T> merged(Function<Passed, Map<String, T>> part) {
    Map<String, T> merged = new HashMap<>();
    way.forEach(passed -> merged.putAll(part.apply(passed)));
    return merged;
  }
}
