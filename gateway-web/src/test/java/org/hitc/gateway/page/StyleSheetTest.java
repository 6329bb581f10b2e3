package org.hitc.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hitc.gateway.Gateway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The style sheet")
class StyleSheetTest {

  private static final double TEXT = 4.5;
  private static final double SHAPE = 3.0;

  @Test
  void is_small_and_needs_nothing_from_elsewhere() throws IOException {
    assertThat(css().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(20_000);
    assertThat(css()).doesNotContain("url(", "@import", "data:", "http", "-left", "-right");
  }

  @Test
  void has_a_script_beside_it_that_is_small_and_needs_nothing_from_elsewhere() throws IOException {
    String script = asset("script.js");
    assertThat(script.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(10_000);
    assertThat(script).doesNotContain("http", "innerHTML", "eval", "import", "document.write");
  }

  @Test
  @DisplayName("keeps the contrast of WCAG 2.2, 1.4.3 and 1.4.11, in light and dark")
  void contrast() throws IOException {
    String css = css();
    int dark = css.indexOf("prefers-color-scheme: dark");
    for (Map<String, String> c :
        List.of(colours(css.substring(0, dark)), colours(css.substring(dark)))) {
      for (String ground : List.of("ground", "raised")) {
        for (String text : List.of("text", "quiet", "link", "wrong")) {
          assertRatio(c, text, ground, TEXT);
        }
        assertRatio(c, "edge", ground, SHAPE);
      }
      for (String series : List.of("series-a", "series-b", "series-c", "series-d")) {
        assertRatio(c, series, "ground", SHAPE);
      }
      assertRatio(c, "ground", "wrong", TEXT);
      assertRatio(c, "on-band", "band", TEXT);
      assertRatio(c, "on-button", "button", TEXT);
      assertRatio(c, "on-done", "done", TEXT);
      assertRatio(c, "on-focus", "focus", TEXT);
      assertRatio(c, "button", "ground", SHAPE);
    }
  }

  private static void assertRatio(
      Map<String, String> colours, String front, String back, double least) {
    double ratio = ratio(named(colours, front), named(colours, back));
    assertThat(ratio).as("%s on %s", front, back).isGreaterThanOrEqualTo(least);
  }

  private static String named(Map<String, String> colours, String name) {
    return Optional.ofNullable(colours.get(name)).orElseThrow();
  }

  /** Relative luminance and contrast ratio of WCAG 2.2. */
  private static double ratio(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    return IntStream.range(0, 3)
        .mapToDouble(i -> {
          double v = Integer.parseInt(colour.substring(2 * i, 2 * i + 2), 16) / 255.0;
          return weights[i] * (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        })
        .sum();
  }

  private static Map<String, String> colours(String css) {
    return Pattern.compile("--([a-z-]+): #([0-9a-f]{6});")
        .matcher(css)
        .results()
        .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (first, _) -> first));
  }

  private static String css() throws IOException {
    return asset("style.css");
  }

  private static String asset(String name) throws IOException {
    try (InputStream in = Gateway.class.getResourceAsStream("assets/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
