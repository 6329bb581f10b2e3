package org.hitc.workflow.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.Workflow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The records of the sample reports against the positions that the sample definitions write out.
 */
class SampleCopybooksTest {
  private static Companions.Found beside(String name) {
    try {
      return new Companions.Found.File(Files.readAllBytes(Path.of("examples", name)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Columns.Column> shown(String file, String step, Map<String, String> changes)
      throws IOException {
    String text = Files.readString(Path.of("examples", file));
    for (var change : changes.entrySet()) {
      text = text.replaceFirst("(?s)" + change.getKey(), change.getValue());
    }
    Loaded loaded =
        new WorkflowLoader(Set.of("check_open", "authorize", "list_periods", "budget12", "trans12"))
            .load(
                file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), name -> beside(name));
    Workflow workflow = ((Loaded.Good) loaded).workflow();
    ReportStep report = (ReportStep) workflow.step(step).orElseThrow();
    return ((Columns.ByPosition) report.columns()).shown();
  }

  @Test
  @DisplayName("budget12.cpy is what b12.yaml writes out, but for a blank behind the description")
  void budget12() throws IOException {
    assertThat(shown("budget_12.yaml", "budget", Map.of()))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("picture")
        .isEqualTo(shown("b12.yaml", "budget_12", Map.of()));
  }

  @Test
  @DisplayName("trans12.cpy is what budget_12.yaml writes out for trans12")
  void trans12() throws IOException {
    String copybook =
        "columns: { copybook: trans12.cpy, labels: { trans_date: Date, trans_text: Text } }\n"
            + "    check_totals: [amount]";
    List<Columns.Column> byCopybook =
        shown(
            "budget_12.yaml",
            "transactions",
            Map.of(
                "columns:                        # without.*check_totals: \\[amount\\]", copybook));
    assertThat(byCopybook)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("name")
        .isEqualTo(shown("budget_12.yaml", "transactions", Map.of()));
    assertThat(byCopybook)
        .extracting(Columns.Column::name)
        .containsExactly("trans_date", "voucher", "trans_text", "amount");
  }
}
