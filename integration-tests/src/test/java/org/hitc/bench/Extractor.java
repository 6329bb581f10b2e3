package org.hitc.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.hitc.it.Product;
import org.hitc.workflow.extract.Extraction;
import org.hitc.workflow.extract.RowSink;
import org.hitc.workflow.extract.TableReader;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.yaml.Companions;
import org.hitc.workflow.yaml.Loaded;
import org.hitc.workflow.yaml.WorkflowLoader;

/** Extracts a printout by the report {@code budget} of the sample workflow and its copybook. */
final class Extractor {
  private final ReportStep report;
  private final Path printout;

  Extractor(Path printout) throws IOException {
    Path examples = Product.distribution().resolve("examples");
    Companions companions =
        name -> {
          try {
            return new Companions.Found.File(Files.readAllBytes(examples.resolve(name)));
          } catch (IOException e) {
            return new Companions.Found.Refused(String.valueOf(e.getMessage()));
          }
        };
    byte[] definition = Files.readAllBytes(examples.resolve("budget_12.yaml"));
    Set<String> programs = Set.of("check_open", "authorize", "list_periods", "budget12", "trans12");
    if (new WorkflowLoader(programs).load("budget_12.yaml", definition, companions)
            instanceof Loaded.Good(var workflow)
        && workflow.step("budget").orElseThrow() instanceof ReportStep budget) {
      this.report = budget;
      this.printout = printout;
    } else {
      throw new IllegalStateException("the sample workflow cannot be loaded");
    }
  }

  /** All rows go to the sink; every line must be understood and the totals must agree. */
  long extract(RowSink sink) throws IOException {
    try (InputStream in = Files.newInputStream(printout)) {
      Extraction extraction =
          TableReader.stream(
              in,
              StandardCharsets.ISO_8859_1,
              report.lines(),
              report.columns(),
              report.checkTotals(),
              sink);
      if (extraction instanceof Extraction.Complete complete) {
        return complete.rows();
      }
      throw new IllegalStateException(extraction.toString());
    }
  }

  /** Memory that is in use when a row is reached, in KiB. */
  long held(long row) throws IOException {
    long[] seen = {0, 0};
    extract(_ -> {
      seen[0]++;
      if (seen[0] == row) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        seen[1] = (runtime.totalMemory() - runtime.freeMemory()) / 1024;
      }
    });
    return seen[1];
  }
}
