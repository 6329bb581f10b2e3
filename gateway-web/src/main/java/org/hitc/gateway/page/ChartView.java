package org.hitc.gateway.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hitc.channel.Page;

/**
 * Where everything in a chart stands. Pure: figures in, places out, in units of a view box that is
 * about as wide as a small telephone, so that words stay readable there.
 *
 * <p>Bars lie: the name of a category stands above its bars and never beside them, so that long
 * names and many categories fit. Each series has its own pattern or dashes besides its colour.
 *
 * @param height of the view box
 * @param rules lines of the axis
 * @param bars of a bar chart
 * @param curves of a line chart
 * @param words all texts
 */
public record ChartView(
    int height, List<Rule> rules, List<Bar> bars, List<Curve> curves, List<Label> words) {

  /** Width of the view box. */
  public static final int WIDTH = 320;

  /** So many series look different; the next one looks like the first. */
  public static final int STYLES = 4;

  private static final int LINE = 18;
  private static final int BAR = 13;
  private static final int GAP = 8;
  private static final int EDGE = 4;
  private static final int PLOT_HEIGHT = 170;

  /** Width of a character: of the usual fonts at this size, rather too much than too little. */
  private static final double CHARACTER = 6.8;

  private static final int MOST_TICKS = 4;

  /** A straight line; {@code zero} marks the one from which values are measured. */
  public record Rule(int x1, int y1, int x2, int y2, boolean zero) {}

  /** A bar of a series, from 0. */
  public record Bar(int x, int y, int width, int height, int style) {}

  /**
   * A line through the values of a series.
   *
   * @param points {@code x,y} of each, separated by blanks
   */
  public record Curve(String points, List<Point> marks, int style) {
    public Curve {
      marks = List.copyOf(marks);
    }
  }

  /** A place. */
  public record Point(int x, int y) {}

  /** Which end of a text stands at its place. */
  public enum Anchor {
    START,
    MIDDLE,
    END;

    /** Value of {@code text-anchor}. */
    public String svg() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A text.
   *
   * @param y its base line
   * @param quiet true on the axis
   */
  public record Label(int x, int y, Anchor anchor, boolean quiet, String text) {}

  public ChartView {
    rules = List.copyOf(rules);
    bars = List.copyOf(bars);
    curves = List.copyOf(curves);
    words = List.copyOf(words);
  }

  /**
   * Lays out a chart.
   *
   * @param number words of a tick
   */
  public static ChartView of(Page.Chart chart, Function<BigDecimal, String> number) {
    Drawing drawing = new Drawing(chart, number);
    return switch (chart.type()) {
      case BAR -> drawing.bars();
      case LINE -> drawing.lines();
    };
  }

  /** Class that gives a series its look. */
  public static String style(int style) {
    return "series-" + style;
  }

  private static final class Drawing {
    private final Page.Chart chart;
    private final Function<BigDecimal, String> number;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();
    private final List<Label> words = new ArrayList<>();
    private final List<BigDecimal> values;
    private final int count;

    Drawing(Page.Chart chart, Function<BigDecimal, String> number) {
      this.chart = chart;
      this.number = number;
      this.values = chart.series().stream().flatMap(s -> s.values().stream()).toList();
      this.count =
          chart.series().stream()
              .mapToInt(s -> Math.min(s.values().size(), s.shown().size()))
              .reduce(chart.categories().size(), Math::min);
    }

    ChartView bars() {
      int longest =
          chart.series().stream()
              .flatMap(s -> s.shown().stream())
              .mapToInt(ChartView::width)
              .max()
              .orElse(0);
      int right = Math.max(WIDTH / 2, WIDTH - longest - GAP);
      Scale scale = fitting(right - EDGE);
      int top = legend() + GAP / 2;
      int y = top;
      for (int i = 0; i < count; i++) {
        words.add(
            new Label(0, y + BAR, Anchor.START, false, cut(chart.categories().get(i), WIDTH)));
        y += LINE;
        for (int s = 0; s < chart.series().size(); s++) {
          Page.Series series = chart.series().get(s);
          bars.add(bar(scale, series.values().get(i), right, y, s % STYLES));
          String shown = cut(series.shown().get(i), WIDTH - right - GAP);
          words.add(new Label(WIDTH, y + BAR - 2, Anchor.END, false, shown));
          y += BAR + 2;
        }
        y += GAP;
      }
      for (BigDecimal tick : scale.ticks()) {
        int x = across(scale, tick, EDGE, right);
        rules.add(new Rule(x, top, x, y, tick.signum() == 0));
        words.add(tick(tick, x, y + LINE - GAP / 2));
      }
      return new ChartView(y + LINE, rules, bars, curves, words);
    }

    ChartView lines() {
      int top = legend() + GAP;
      int bottom = top + PLOT_HEIGHT;
      Scale scale = Scale.of(values, MOST_TICKS);
      int left =
          Math.min(
              WIDTH / 2,
              GAP + scale.ticks().stream().mapToInt(t -> width(number.apply(t))).max().orElse(0));
      for (BigDecimal tick : scale.ticks()) {
        int y = up(scale, tick, top, bottom);
        rules.add(new Rule(left, y, WIDTH, y, tick.signum() == 0));
        words.add(
            new Label(left - GAP, y + EDGE, Anchor.END, true, cut(number.apply(tick), left - GAP)));
      }
      for (int s = 0; s < chart.series().size(); s++) {
        List<BigDecimal> of = chart.series().get(s).values();
        List<Point> marks =
            IntStream.range(0, count)
                .mapToObj(i -> new Point(along(i, left), up(scale, of.get(i), top, bottom)))
                .toList();
        String points =
            marks.stream().map(p -> p.x() + "," + p.y()).collect(Collectors.joining(" "));
        curves.add(new Curve(points, marks, s % STYLES));
      }
      names(left, bottom + LINE);
      return new ChartView(bottom + LINE + GAP, rules, bars, curves, words);
    }

    /** Names below the axis: as many as fit beside each other, evenly. */
    private void names(int left, int y) {
      int room = WIDTH - left;
      int longest =
          Math.min(
              room / 2,
              GAP + chart.categories().stream().mapToInt(ChartView::width).max().orElse(0));
      int every = Math.max(1, Math.ceilDiv(count * longest, Math.max(1, room)));
      for (int i = 0; i < count; i += every) {
        int x = along(i, left);
        words.add(new Label(x, y, anchor(x, left), true, cut(chart.categories().get(i), longest)));
      }
    }

    private int along(int index, int left) {
      int inset = 2 * EDGE;
      int room = WIDTH - left - 2 * inset;
      return count < 2 ? left + inset + room / 2 : left + inset + index * room / (count - 1);
    }

    private static Anchor anchor(int x, int left) {
      if (x < left + 3 * LINE) {
        return Anchor.START;
      }
      return x > WIDTH - 3 * LINE ? Anchor.END : Anchor.MIDDLE;
    }

    /** The names of several series, one below the other with a sample; returns what it takes. */
    private int legend() {
      if (chart.series().size() < 2) {
        return 0;
      }
      int y = EDGE;
      for (int s = 0; s < chart.series().size(); s++) {
        bars.add(new Bar(0, y, 2 * BAR, BAR, s % STYLES));
        String name = cut(chart.series().get(s).name().value(), WIDTH - 3 * BAR);
        words.add(new Label(3 * BAR, y + BAR - 2, Anchor.START, false, name));
        y += LINE;
      }
      return y;
    }

    /** The axis with the most ticks whose words do not touch. */
    private Scale fitting(int room) {
      for (int most = MOST_TICKS; most > 1; most--) {
        Scale scale = Scale.of(values, most);
        int words = scale.ticks().stream().mapToInt(t -> width(number.apply(t)) + GAP).sum();
        if (words <= room) {
          return scale;
        }
      }
      return Scale.of(values, 1);
    }

    private Label tick(BigDecimal tick, int x, int y) {
      String text = number.apply(tick);
      int half = width(text) / 2;
      Anchor anchor = x - half < 0 ? Anchor.START : x + half > WIDTH ? Anchor.END : Anchor.MIDDLE;
      return new Label(x, y, anchor, true, cut(text, WIDTH / 2));
    }

    private static Bar bar(Scale scale, BigDecimal value, int right, int y, int style) {
      int zero = across(scale, BigDecimal.ZERO, EDGE, right);
      int end = across(scale, value, EDGE, right);
      return new Bar(Math.min(zero, end), y, Math.abs(end - zero), BAR, style);
    }

    private static int across(Scale scale, BigDecimal value, int left, int right) {
      return left + (int) Math.round(scale.place(value) * (right - left));
    }

    private static int up(Scale scale, BigDecimal value, int top, int bottom) {
      return bottom - (int) Math.round(scale.place(value) * (bottom - top));
    }
  }

  private static int width(String text) {
    return (int) Math.ceil(text.codePointCount(0, text.length()) * CHARACTER);
  }

  /** As much of a text as is so wide. */
  private static String cut(String text, int width) {
    int most = Math.max(1, (int) (width / CHARACTER));
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
  }
}
