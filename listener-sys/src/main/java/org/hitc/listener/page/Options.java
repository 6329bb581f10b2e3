package org.hitc.listener.page;

import java.util.Comparator;
import java.util.List;
import org.hitc.channel.Page;
import org.hitc.workflow.engine.View;

/** The choices of a field, in the reader's words. */
final class Options {
  /** Fewer may stand in the order of their labels by chance. */
  private static final int ALPHABETICAL = 5;

  private Options() {}

  /**
   * In the order of the definition or the program. A list of labels that a definition has in
   * alphabetical order is in that of the reader's language.
   */
  static List<Page.Option> of(List<View.Option> options, Reader reader) {
    Comparator<String> order = reader.words().formats().order();
    List<Page.Option> shown =
        options.stream()
            .map(o -> new Page.Option(o.handle(), reader.definition(o.label())))
            .toList();
    return isAlphabetical(options, order)
        ? shown.stream().sorted(Comparator.comparing(o -> o.label().value(), order)).toList()
        : shown;
  }

  private static boolean isAlphabetical(List<View.Option> options, Comparator<String> order) {
    List<String> labels = options.stream().map(o -> o.label().text()).toList();
    return options.size() >= ALPHABETICAL
        && options.stream().noneMatch(o -> o.label().key().isEmpty())
        && labels.stream().sorted(order).toList().equals(labels);
  }
}
