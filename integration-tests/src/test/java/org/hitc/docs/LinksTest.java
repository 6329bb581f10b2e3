package org.hitc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.it.Product;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The ways from page to page. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  @Test
  void every_link_leads_to_a_file_of_the_checkout() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      for (String target : targets(page)) {
        links++;
        String file = target.replaceFirst("#.*", "");
        if (!file.isEmpty() && !Files.exists(page.resolveSibling(file))) {
          broken.add(page + ": " + target);
        }
      }
    }
    assertThat(links).isGreaterThan(20);
    assertThat(broken).isEmpty();
  }

  @Test
  void every_page_is_named_in_the_index() throws IOException {
    Path index = Product.checkout().resolve("docs/README.md");
    List<Path> named =
        targets(index).stream().map(t -> index.resolveSibling(t).normalize()).toList();
    assertThat(pages())
        .filteredOn(page -> page.startsWith(index.getParent()) && !page.equals(index))
        .allSatisfy(page -> assertThat(named).contains(page));
  }

  private static List<Path> pages() throws IOException {
    Path checkout = Product.checkout().normalize();
    try (Stream<Path> docs = Files.walk(checkout.resolve("docs"))) {
      return Stream.concat(
              Stream.of(checkout.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  /** What a page links to in the checkout; other sites are their owners' business. */
  private static List<String> targets(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .map(match -> match.group(1))
        .filter(target -> !target.contains("://"))
        .toList();
  }
}
