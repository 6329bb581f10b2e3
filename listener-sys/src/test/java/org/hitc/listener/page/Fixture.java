package org.hitc.listener.page;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Arrangement;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.input.LocalInputs;
import org.hitc.listener.Listener;
import org.hitc.listener.visit.StoredPage;
import org.hitc.workflow.engine.Known;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;
import org.hitc.workflow.extract.Cell;
import org.hitc.workflow.model.ReportStep;

/** What the tests of pages begin with: somebody who reads English, and small reports. */
final class Fixture {
  static final PageAddress ADDRESS = new PageAddress("w", "b".repeat(32), "c".repeat(32));

  private Fixture() {}

  static Reader reader() {
    return reader("en");
  }

  /** Somebody who reads English or German. */
  static Reader reader(String tag) {
    Language english = Language.of("en");
    Loading loading =
        Messages.load(
            Languages.of(List.of("en", "de")),
            english,
            ZoneOffset.UTC,
            List.of(new Layer.Product(Listener.class), new Layer.Product(Refusal.class)));
    if (loading instanceof Loading.Loaded loaded) {
      return new Reader(
          "Anna",
          Instant.EPOCH,
          java.time.Duration.ZERO,
          loaded.messages().in(Language.of(tag)),
          english);
    }
    throw new AssertionError(loading);
  }

  /** On 23 November 2026. */
  static Typing typing() {
    return new Typing(
        new LocalInputs(),
        InstantSource.fixed(Instant.parse("2026-11-23T14:03:00Z")),
        ZoneOffset.UTC);
  }

  /** A text without the marks that keep a value in it apart. */
  static String unmarked(Text text) {
    return text.value().replaceAll("[\\u2066-\\u2069]", "");
  }

  static Words words(String text) {
    return new Words("", text, Map.of());
  }

  /** A text and a number; nothing for an empty text. */
  static View.RowView row(String text, String number) {
    return new View.RowView(List.of(cell(text, false), cell(number, true)), Optional.empty());
  }

  private static Cell cell(String text, boolean numeric) {
    return text.isEmpty()
        ? new Cell.Empty()
        : numeric ? new Cell.Numeric(new BigDecimal(text)) : new Cell.Text(text);
  }

  static View.Report report(View.RowView... rows) {
    return new View.Report(
        words("Title"),
        "print",
        "UTF-8",
        List.of(
            new View.ColumnView("text", words("Text"), false),
            new View.ColumnView("amount", words("Amount"), true)),
        Arrays.asList(rows),
        Optional.of(row("", "99.50").cells()),
        List.of(),
        Optional.of(new ReportStep.Chart(ReportStep.ChartType.BAR, "text", List.of("amount"))),
        List.of(),
        false);
  }

  static StoredPage stored(View view) {
    return new StoredPage(
        "a".repeat(32),
        Instant.parse("2026-11-23T14:03:00Z"),
        Optional.of("7K3P-2M"),
        List.of(new StoredPage.Ancestor("d".repeat(32), "ask", words("Ask"), Arrangement.PLAIN)),
        new Snapshot("hash", "step", Known.NOTHING, List.of(), view));
  }
}
