package io.codeploy.chunkcache.swarm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plot of lines as SVG. */
final class Plot {
  /** In the units of the axes. */
  record Point(double x, double y) {}

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int MARGIN = 50;
  private static final int TICKS = 5;
  private static final String LINE =
      "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>";
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private final double left;
  private final double right;
  private final double bottom;
  private final double top;
  private final StringBuilder body = new StringBuilder();
  private int lines;

  Plot(String across, double left, double right, String up, double bottom, double top) {
    this.left = left;
    this.right = right;
    this.bottom = bottom;
    this.top = top;
    axes();
    text(WIDTH / 2.0, HEIGHT - 8, "middle", across);
    text(MARGIN, MARGIN - 16, "start", up);
  }

  private void axes() {
    for (int tick = 0; tick <= TICKS; tick++) {
      double x = left + (right - left) * tick / TICKS;
      double y = bottom + (top - bottom) * tick / TICKS;
      String column = number(across(x));
      String row = number(up(y));
      add("<path d='M%s %sV%s' stroke='#ddd'/>".formatted(column, MARGIN, HEIGHT - MARGIN));
      add("<path d='M%s %sH%s' stroke='#ddd'/>".formatted(MARGIN, row, WIDTH - MARGIN));
      text(across(x), HEIGHT - MARGIN + 16, "middle", number(x));
      text(MARGIN - 6, up(y) + 4, "end", number(y));
    }
  }

  /** Points outside the axes are drawn at their edge. */
  void line(String name, List<Point> points) {
    String colour = COLOURS.get(lines % COLOURS.size());
    String drawn =
        points.stream()
            .map(point -> number(across(point.x())) + "," + number(up(point.y())))
            .collect(Collectors.joining(" "));
    add(LINE.formatted(drawn, colour));
    int y = MARGIN + 14 + 16 * lines++;
    String sample = (WIDTH - 150) + "," + (y - 4) + " " + (WIDTH - 130) + "," + (y - 4);
    add(LINE.formatted(sample, colour));
    text(WIDTH - 124, y, "start", name);
  }

  String svg() {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="#fff"/>
        %s</svg>
        """
        .formatted(WIDTH, HEIGHT, body);
  }

  private double across(double x) {
    return MARGIN + (WIDTH - 2 * MARGIN) * (Math.clamp(x, left, right) - left) / (right - left);
  }

  private double up(double y) {
    return HEIGHT
        - MARGIN
        - (HEIGHT - 2 * MARGIN) * (Math.clamp(y, bottom, top) - bottom) / (top - bottom);
  }

  private void text(double x, double y, String anchor, String text) {
    add(
        "<text x='%s' y='%s' text-anchor='%s'>%s</text>"
            .formatted(number(x), number(y), anchor, text));
  }

  private void add(String element) {
    body.append(element).append('\n');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
