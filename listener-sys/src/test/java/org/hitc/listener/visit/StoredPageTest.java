package org.hitc.listener.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Refusal;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.workflow.engine.Answer;
import org.hitc.workflow.engine.Argument;
import org.hitc.workflow.engine.Changed;
import org.hitc.workflow.engine.Known;
import org.hitc.workflow.engine.Offer;
import org.hitc.workflow.engine.ProgramMessage;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;
import org.hitc.workflow.extract.Cell;
import org.hitc.workflow.model.ReportStep;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stored page")
final class StoredPageTest {
  private static final Words WORDS =
      new Words("ask.title", "Über\u2028<b>$x</b>", Map.of("x", "1"));
  private static final ProgramMessage MESSAGE =
      new ProgramMessage(ProgramMessage.Severity.ERROR, "FIS", "CLOSED", "period is closed");

  private static final List<View> VIEWS =
      List.of(
          form(),
          report(),
          new View.Printout(
              WORDS,
              "budget12",
              "iso-8859-1",
              Optional.of(Refusal.ROWS_SYNTAX),
              Optional.of("p1"),
              true,
              false),
          new View.Printout(
              WORDS, "echo", "utf-8", Optional.empty(), Optional.empty(), false, true),
          confirm(),
          new View.Stopped(
              Refusal.JOB_REFUSED,
              "authorize",
              Optional.of(MESSAGE),
              Changed.MAYBE,
              true,
              Optional.of("ask"),
              "exit 1"),
          new View.Done(
              WORDS,
              Optional.of(WORDS),
              List.of(new View.Fact(WORDS, new View.Shown.Day("2026-11-23"))),
              Optional.of(MESSAGE)));

  @Test
  @DisplayName("is read as it was written, whatever it shows")
  void roundTrip() {
    for (View view : VIEWS) {
      StoredPage page = page(view);
      assertThat(RecordCodec.decode(StoredPage.class, RecordCodec.encode(page))).isEqualTo(page);
    }
  }

  @Test
  @DisplayName("is tested here with every kind of view that there is")
  void everyKind() {
    List<Class<?>> kinds =
        Arrays.stream(View.class.getPermittedSubclasses())
            .filter(View.class::isAssignableFrom)
            .toList();
    assertThat(VIEWS).extracting(Object::getClass).containsAll(List.copyOf(kinds));
  }

  private static StoredPage page(View view) {
    Offer offer =
        new Offer("handle", Optional.of("period"), "2026-06", "June", Map.of("object", "061100"));
    Known known =
        new Known(
            List.of(
                new Known.Passed(
                    "budget",
                    List.of("first"),
                    Map.of("row.object", Answer.of("061100", "a")),
                    Map.of("forward_to", "anna@example.org"),
                    Map.of("object", new Known.Kept(List.of(new Known.Choice("061100", "Pens")))),
                    Optional.of(new Known.Exit(1)))),
            List.of("other"));
    Snapshot snapshot = new Snapshot("hash", "ask", known, List.of(offer), view);
    return new StoredPage(
        "ticket",
        Instant.parse("2026-11-23T10:15:30.123456789Z"),
        Optional.of("7K3P-2M"),
        List.of(
            new StoredPage.Ancestor(
                "page", "ask", WORDS, Arrangement.PLAIN.sortedBy("spent", true))),
        snapshot);
  }

  private static View form() {
    List<View.Control> controls =
        List.of(
            new View.Control.Line(6, View.Keypad.DIGITS),
            new View.Control.Line(64, View.Keypad.DATE),
            new View.Control.One(List.of(new View.Option("handle", WORDS))),
            new View.Control.Many(List.of(new View.Option("handle", WORDS))),
            new View.Control.Lines(100, 5),
            new View.Control.Upload(1024, List.of("csv")),
            new View.Control.Checkbox(),
            new View.Control.Secret(64));
    List<View.FieldView> fields =
        controls.stream()
            .map(c ->
                new View.FieldView("f", WORDS, Optional.of(WORDS), true, c, List.of("", "typed")))
            .toList();
    Map<String, Argument> mentioned =
        Map.of(
            "word", new Argument.Word("w"),
            "count", new Argument.Count(Long.MIN_VALUE),
            "day", new Argument.Day("2026-11-23"),
            "decimal", new Argument.Decimal(new BigDecimal("-0.10")));
    return new View.Form(
        WORDS,
        fields,
        Optional.of("de"),
        Optional.empty(),
        List.of(new View.Problem("f", Refusal.ARG_RANGE, mentioned, Optional.of(MESSAGE))));
  }

  private static View report() {
    List<Cell> cells =
        List.of(
            new Cell.Text("061100"), new Cell.Numeric(new BigDecimal("12.50")), new Cell.Empty());
    return new View.Report(
        WORDS,
        "budget12",
        "iso-8859-1",
        List.of(new View.ColumnView("object", WORDS, false)),
        List.of(new View.RowView(cells, Optional.of("handle"))),
        Optional.of(cells),
        List.of("budget"),
        Optional.of(new ReportStep.Chart(ReportStep.ChartType.LINE, "object", List.of("budget"))),
        List.of(View.File.values()),
        true);
  }

  private static View confirm() {
    List<View.Shown> values =
        List.of(
            new View.Shown.Plain("x"),
            new View.Shown.Chosen(List.of(WORDS)),
            new View.Shown.YesNo(true),
            new View.Shown.Decimal(new BigDecimal("1.50")),
            new View.Shown.Day("2026-11-23"),
            new View.Shown.Nothing(),
            new View.Shown.Hidden());
    return new View.Confirm(
        WORDS,
        values.stream().map(v -> new View.Change("ask", "f", WORDS, Optional.of(v), v)).toList(),
        Optional.of(WORDS));
  }
}
