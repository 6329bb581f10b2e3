package org.hitc.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a page is shown: chosen by whoever looks at it, part of its address, never of what it says.
 *
 * @param sort name of the column that the rows are sorted by; absent: as they were printed
 * @param descending from the largest to the smallest
 * @param find only rows in which this stands; empty for all
 * @param part which part of the rows, from 1
 * @param text as it was printed instead of as a table
 * @param done somebody has tried to do this a second time
 */
public record Arrangement(
    Optional<String> sort, boolean descending, String find, int part, boolean text, boolean done) {

  /** As it was printed, from the beginning. */
  public static final Arrangement PLAIN =
      new Arrangement(Optional.empty(), false, "", 1, false, false);

  /** Longest text to look for, in characters. */
  public static final int MAX_FIND = 100;

  private static final int MAX_PART = 100_000;
  private static final Set<String> NAMES = Set.of("sort", "find", "part", "as", "done");

  /**
   * Reads the parameters of an address: {@code sort=spent} or {@code sort=-spent}, {@code find},
   * {@code part}, {@code as=text}, {@code done=1}.
   *
   * @return nothing when there is a parameter that means nothing here
   */
  public static Optional<Arrangement> of(Map<String, List<String>> parameters) {
    if (!NAMES.containsAll(parameters.keySet())
        || parameters.values().stream().anyMatch(values -> values.size() != 1)) {
      return Optional.empty();
    }
    String sort = parameter(parameters, "sort");
    String find = parameter(parameters, "find").strip();
    String part = parameter(parameters, "part");
    String as = parameter(parameters, "as");
    String done = parameter(parameters, "done");
    boolean valid =
        sort.matches("(-?[a-z][a-z0-9_]{0,63})?")
            && find.codePointCount(0, find.length()) <= MAX_FIND
            && part.matches("([1-9][0-9]{0,5})?")
            && as.matches("(text)?")
            && done.matches("1?");
    if (!valid) {
      return Optional.empty();
    }
    boolean descending = sort.startsWith("-");
    String column = descending ? sort.substring(1) : sort;
    return Optional.of(
        new Arrangement(
            Optional.of(column).filter(name -> !name.isEmpty()),
            descending,
            find,
            part.isEmpty() ? 1 : Math.min(Integer.parseInt(part), MAX_PART),
            !as.isEmpty(),
            !done.isEmpty()));
  }

  /** The parameters of an address that {@link #of} reads; those without effect are left out. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    sort.ifPresent(column -> parameters.put("sort", (descending ? "-" : "") + column));
    if (!find.isEmpty()) {
      parameters.put("find", find);
    }
    if (part > 1) {
      parameters.put("part", Integer.toString(part));
    }
    if (text) {
      parameters.put("as", "text");
    }
    if (done) {
      parameters.put("done", "1");
    }
    return parameters;
  }

  /** Sorted by this column, from the first part on. */
  public Arrangement sortedBy(String column, boolean fromTheLargest) {
    return new Arrangement(Optional.of(column), fromTheLargest, find, 1, text, done);
  }

  /** Another part of the same rows. */
  public Arrangement atPart(int other) {
    return new Arrangement(sort, descending, find, other, text, done);
  }

  /** As it was printed, or as a table. */
  public Arrangement asText(boolean printed) {
    return new Arrangement(sort, descending, find, part, printed, done);
  }

  private static String parameter(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of("")).getFirst();
  }
}
