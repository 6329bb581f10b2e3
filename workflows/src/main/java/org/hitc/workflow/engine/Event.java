package org.hitc.workflow.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened. */
public sealed interface Event {
  /**
   * A visit begins; only at {@link Position.Beginning}.
   *
   * @param values answers that a link carried, by field of the first form; for a choice its value,
   *     numbers and days in {@link CanonicalForm}: a link says the same to everybody
   */
  record Start(Map<String, List<String>> values) implements Event {
    public Start {
      values = copy(values);
    }
  }

  /**
   * The button of a page was pressed; only at a {@link Snapshot}.
   *
   * @param values what was typed, by field, to be read by {@link Context#input}; for a choice the
   *     offer's handle; nothing for a page that is no form
   * @param files what was uploaded, by field
   */
  record Submit(Map<String, List<String>> values, Map<String, UploadedFile> files)
      implements Event {
    public Submit {
      values = copy(values);
      files = Map.copyOf(files);
    }

    /** Without files. */
    public Submit(Map<String, List<String>> values) {
      this(values, Map.of());
    }

    /** Names only: a value may be a password. */
    @Override
    public String toString() {
      return "Submit[" + values.keySet() + ", " + files.keySet() + "]";
    }
  }

  /**
   * A file that somebody uploaded.
   *
   * @param name its name, as the browser said; only for people
   * @param path of the private copy that programs get
   * @param bytes its size
   */
  record UploadedFile(String name, String path, long bytes) {}

  /** The link of a row was followed; only at a {@link Snapshot}. */
  record Follow(String handle) implements Event {}

  /** What a page shows is to be made once more; only at a {@link Snapshot}, never for a write. */
  record Again() implements Event {}

  /**
   * A chain ended; only at a {@link Pending}.
   *
   * @param results in the order of the chain; shorter when the chain stopped
   */
  record JobEnded(List<ProgramResult> results) implements Event {
    public JobEnded {
      results = List.copyOf(results);
    }
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> values) {
    return values.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.copyOf(e.getValue())));
  }
}
