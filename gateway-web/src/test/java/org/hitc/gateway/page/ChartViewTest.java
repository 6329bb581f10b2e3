package org.hitc.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hitc.channel.Page;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A chart")
class ChartViewTest {

  @Test
  void measures_bars_from_zero_to_both_sides() {
    ChartView view = bars("100", "-50", "0");
    List<ChartView.Bar> bars = view.bars();
    int zero = zero(view).x1();
    assertThat(bars.get(0).x()).isEqualTo(zero);
    assertThat(bars.get(1).x() + bars.get(1).width()).isEqualTo(zero);
    assertThat(bars.get(0).width()).isCloseTo(2 * bars.get(1).width(), within(2));
    assertThat(bars.get(2).width()).isZero();
  }

  @Test
  void of_one_value_reaches_at_least_half_of_the_axis() {
    ChartView view = bars("7");
    int axis = view.rules().getLast().x1() - view.rules().getFirst().x1();
    assertThat(view.bars().getFirst().width()).isBetween(axis / 2, axis);
  }

  @Test
  void of_nothing_but_zero_has_an_axis_and_no_length() {
    ChartView view = bars("0", "0.00", "0");
    assertThat(view.bars()).allSatisfy(bar -> assertThat(bar.width()).isZero());
    assertThat(view.rules()).hasSize(2);
    assertThat(lines("0", "0").curves().getFirst().marks())
        .extracting(ChartView.Point::y)
        .containsOnly(zero(lines("0", "0")).y1());
  }

  @Test
  void of_no_rows_is_empty_and_breaks_nothing() {
    assertThat(bars().bars()).isEmpty();
    assertThat(lines().curves().getFirst().points()).isEmpty();
  }

  @Test
  void stays_in_its_box_whatever_the_values_are() {
    for (String[] values :
        new String[][] {
          {"1E+9000", "-1E+9000"},
          {"1E-9000", "-3"},
          {"999999999999999999999999999999.99", "1"},
          {"-0.000001", "-0.000002"},
          {"-5"},
          {"123456789.12", "-98765432.10", "0"}
        }) {
      assertThat(Stream.of(bars(values), lines(values))).allSatisfy(ChartViewTest::assertInside);
    }
  }

  @Test
  void names_each_category_and_value_once() {
    ChartView view = bars("10", "20");
    assertThat(view.words())
        .filteredOn(label -> !label.quiet())
        .extracting(ChartView.Label::text)
        .containsExactly("category 0", "10", "category 1", "20");
  }

  @Test
  void tells_several_series_apart_by_a_legend_and_a_style() {
    ChartView view =
        ChartView.of(
            SamplePages.chart(
                Page.ChartType.BAR,
                List.of("a"),
                List.of(SamplePages.series("Budget", "1"), SamplePages.series("Spent", "2"))),
            BigDecimal::toPlainString);
    assertThat(view.words())
        .extracting(ChartView.Label::text)
        .startsWith("Budget", "Spent")
        .contains("1", "2");
    assertThat(view.bars()).extracting(ChartView.Bar::style).containsExactly(0, 1, 0, 1);
  }

  @Test
  void leaves_names_out_rather_than_let_them_overlap() {
    ChartView view = lines(Stream.generate(() -> "5").limit(60).toArray(String[]::new));
    List<Integer> places =
        view.words().stream()
            .filter(label -> label.text().startsWith("category"))
            .map(ChartView.Label::x)
            .toList();
    assertThat(places).hasSizeBetween(2, 6);
    IntStream.range(1, places.size())
        .forEach(i -> assertThat(places.get(i) - places.get(i - 1)).isGreaterThan(40));
  }

  @Test
  void has_a_line_from_the_first_value_to_the_last() {
    ChartView view = lines("1", "3", "2");
    List<ChartView.Point> marks = view.curves().getFirst().marks();
    assertThat(marks).hasSize(3);
    assertThat(marks.get(0).x()).isLessThan(marks.get(1).x());
    assertThat(marks.get(1).y()).isLessThan(marks.get(2).y());
    assertThat(marks.get(2).y()).isLessThan(marks.get(0).y());
  }

  private static org.assertj.core.data.Offset<Integer> within(int units) {
    return org.assertj.core.data.Offset.offset(units);
  }

  private static ChartView.Rule zero(ChartView view) {
    return view.rules().stream().filter(ChartView.Rule::zero).findFirst().orElseThrow();
  }

  private static void assertInside(ChartView view) {
    assertThat(view.bars())
        .allSatisfy(bar -> {
          assertThat(bar.x()).isNotNegative();
          assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(ChartView.WIDTH);
          assertThat(bar.y() + bar.height()).isLessThanOrEqualTo(view.height());
        });
    assertThat(view.curves())
        .flatExtracting(ChartView.Curve::marks)
        .allSatisfy(mark -> {
          assertThat(mark.x()).isBetween(0, ChartView.WIDTH);
          assertThat(mark.y()).isBetween(0, view.height());
        });
    assertThat(view.words())
        .allSatisfy(label -> {
          assertThat(label.x()).isBetween(0, ChartView.WIDTH);
          assertThat(label.y()).isBetween(0, view.height());
        });
  }

  private static ChartView bars(String... values) {
    return view(Page.ChartType.BAR, values);
  }

  private static ChartView lines(String... values) {
    return view(Page.ChartType.LINE, values);
  }

  private static ChartView view(Page.ChartType type, String... values) {
    List<String> categories =
        IntStream.range(0, values.length).mapToObj(i -> "category " + i).toList();
    return ChartView.of(
        SamplePages.chart(type, categories, List.of(SamplePages.series("Spent", values))),
        BigDecimal::toString);
  }
}
