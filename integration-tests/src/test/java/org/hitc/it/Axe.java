package org.hitc.it;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Looks for barriers in a page, with the rules of axe-core. */
public final class Axe {
  private static final String SOURCE = source();

  private Axe() {}

  /** What it finds in the page as it is: rule and place of each; nothing when all is well. */
  public static List<String> violations(Page page) {
    page.evaluate(SOURCE);
    Object found =
        page.evaluate(
            "async () => (await axe.run()).violations.flatMap("
                + "v => v.nodes.map(n => v.id + ' at ' + n.target + ': ' + n.html))");
    return ((List<?>) found).stream().map(Object::toString).toList();
  }

  private static String source() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
