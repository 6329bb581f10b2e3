package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one file, so that all are reported at once. Used by one thread. */
public final class Problems {
  /** More are not kept: a file of rubbish would have one for every line. */
  public static final int MAX = 200;

  private final String file;
  private List<String> lines;
  private final List<Problem> found = new ArrayList<>();
  private final List<Problems> others = new ArrayList<>();
  private boolean errors;
  private boolean gaps;

  Problems(String file, String source) {
    this.file = file;
    this.lines = source.lines().toList();
  }

  /** Adds an error that leaves a gap: something could not be read. */
  public void add(Place place, String ident, String text, String cure) {
    gaps = true;
    slip(place, ident, text, cure);
  }

  /** Adds an error that leaves no gap: what was meant is clear enough to go on checking. */
  void slip(Place place, String ident, String text, String cure) {
    errors = true;
    keep(Severity.ERROR, place, ident, text, cure);
  }

  /** Adds something that whoever wrote the file should know. */
  void warn(Place place, String ident, String text, String cure) {
    keep(Severity.WARNING, place, ident, text, cure);
  }

  private void keep(Severity severity, Place place, String ident, String text, String cure) {
    if (found.size() < MAX) {
      String excerpt = place.line() <= lines.size() ? lines.get(place.line() - 1) : "";
      found.add(new Problem(severity, file, place, ident, text, cure, excerpt));
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

  /** Goes on with a mended text: later excerpts are taken from it. */
  void mended(String source) {
    lines = source.lines().toList();
  }

  /** True when the file cannot be used. */
  public boolean hasErrors() {
    return errors || others.stream().anyMatch(Problems::hasErrors);
  }

  /** True when something could not be read, so that what is missed later may be there. */
  boolean hasGaps() {
    return gaps || others.stream().anyMatch(Problems::hasGaps);
  }
}
