package org.hitc.i18n.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hitc.i18n.Language;
import org.hitc.i18n.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page on the message format")
class MessageFormatPageTests {
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| (L\\d\\d) \\| ([EWA]) \\| (\\S+) \\| `(.+?)` \\| `(.+?)` \\| `(.+?)` \\|$");
  private static final Map<String, Severity> SEVERITIES =
      Map.of("E", Severity.ERROR, "W", Severity.WARNING, "A", Severity.ADVICE);

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/reference/message-format.md"), UTF_8);
  }

  private static List<Finding> translated(MatchResult row, int column) {
    BundleFile source =
        BundleFile.read(
            "en", Language.of("en"), ("# A.\na = " + row.group(4) + "\n").getBytes(UTF_8));
    BundleFile translation =
        BundleFile.read(
            "translation",
            Language.of(row.group(3)),
            ("a = " + row.group(column) + "\n").getBytes(UTF_8));
    return BundleCheck.check(source, List.of(translation), Samples.NONE).stream()
        .filter(f -> f.file().equals("translation"))
        .toList();
  }

  @Test
  void shows_examples_that_are_wrong_and_right() throws IOException {
    List<MatchResult> rows = ROW.matcher(page()).results().toList();
    assertThat(rows).hasSizeGreaterThan(15);
    for (MatchResult row : rows) {
      assertThat(translated(row, 5))
          .as(row.group())
          .anyMatch(f ->
              f.rule().name().equals(row.group(1)) && f.severity() == SEVERITIES.get(row.group(2)));
      assertThat(translated(row, 6)).as(row.group()).isEmpty();
    }
  }

  @Test
  void names_every_rule() throws IOException {
    assertThat(page()).contains(Arrays.stream(Rule.values()).map(Rule::name).toList());
  }
}
