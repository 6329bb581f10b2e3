package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one file, so that all are reported at once. Used by one thread. */
public final class Problems {
  /** More are not kept: a file of rubbish would have one for every line. */
  public static final int MAX = 200;

  private final String file;
  private final List<String> lines;
  private final List<Problem> found = new ArrayList<>();
  private final List<Problems> others = new ArrayList<>();

  Problems(String file, String source) {
    this.file = file;
    this.lines = source.lines().toList();
  }

  /** Adds a problem. */
  public void add(Place place, String ident, String text, String cure) {
    if (found.size() < MAX) {
      String excerpt = place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
      found.add(new Problem(file, place, ident, text, cure, excerpt));
    }
  }

  /** Adds those of a file that this one uses; they come behind its own. */
  void include(Problems other) {
    others.add(other);
  }

  /** Those found until now, in the order of the file; then those of the files that it uses. */
  public List<Problem> all() {
    List<Problem> all = new ArrayList<>(found);
    all.sort(Comparator.comparing(Problem::place));
    others.forEach(other -> all.addAll(other.all()));
    return List.copyOf(all);
  }

  /** True when nothing is wrong. */
  public boolean isEmpty() {
    return found.isEmpty() && others.stream().allMatch(Problems::isEmpty);
  }
}
