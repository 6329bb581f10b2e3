package org.hitc.listener.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long jobs of each step took lately; in memory and bounded. Safe for threads. */
final class Durations {
  /** Most steps that are remembered; the one that was asked or told about least lately goes. */
  static final int STEPS = 1_000;

  /** Of each step. */
  static final int JOBS = 20;

  /** Fewer say nothing. */
  private static final int ENOUGH = 3;

  private record Step(String workflow, String name) {}

  private final Map<Step, Deque<Duration>> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Step, Deque<Duration>> eldest) {
          return size() > STEPS;
        }
      };

  synchronized void add(String workflow, String step, Duration took) {
    Deque<Duration> last =
        recent.computeIfAbsent(new Step(workflow, step), _ -> new ArrayDeque<>());
    last.addLast(took);
    if (last.size() > JOBS) {
      last.removeFirst();
    }
  }

  /** Nothing while too few jobs of this step have been done. */
  synchronized Optional<JobView.Usual> of(String workflow, String step) {
    Deque<Duration> last = recent.getOrDefault(new Step(workflow, step), new ArrayDeque<>());
    if (last.size() < ENOUGH) {
      return Optional.empty();
    }
    List<Duration> sorted = last.stream().sorted().toList();
    int tenth = sorted.size() / 10;
    return Optional.of(new JobView.Usual(sorted.get(tenth), sorted.get(sorted.size() - 1 - tenth)));
  }
}
