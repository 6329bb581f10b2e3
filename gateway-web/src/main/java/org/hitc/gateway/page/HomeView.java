package org.hitc.gateway.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hitc.channel.Page;
import org.hitc.channel.Text;

/**
 * The home page, and what is looked for on it.
 *
 * @param page what the listener gave, without what does not match
 * @param find what is looked for; empty for nothing
 * @param hasFind true when there is so much that a box to find it in helps
 */
public record HomeView(Page.Home page, String find, boolean hasFind) {

  /** Longest text to look for, in characters. */
  static final int MAX_FIND = 100;

  private static final int MANY = 10;

  /** Keeps the workflows in whose title or summary every word stands, in small or capitals. */
  static HomeView of(Page.Home page, String find) {
    String wanted =
        find.codePoints()
            .limit(MAX_FIND)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    int all = page.groups().stream().mapToInt(group -> group.workflows().size()).sum();
    return new HomeView(
        wanted.isEmpty() ? page : matching(page, words(wanted)),
        wanted,
        !wanted.isEmpty() || all >= MANY);
  }

  private static Page.Home matching(Page.Home page, List<String> words) {
    List<Page.Group> groups =
        page.groups().stream()
            .map(group ->
                new Page.Group(
                    group.heading(),
                    group.workflows().stream().filter(link -> matches(link, words)).toList()))
            .filter(group -> !group.workflows().isEmpty())
            .toList();
    return new Page.Home(page.frame(), List.of(), groups, page.running());
  }

  private static boolean matches(Page.WorkflowLink link, List<String> words) {
    String text = folded(link.title().value() + " " + link.summary().map(Text::value).orElse(""));
    return words.stream().allMatch(text::contains);
  }

  private static List<String> words(String find) {
    return Stream.of(folded(find).split("\\s+")).toList();
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** True when something was looked for in vain. */
  public boolean foundNothing() {
    return !find.isEmpty() && page.groups().isEmpty();
  }
}
