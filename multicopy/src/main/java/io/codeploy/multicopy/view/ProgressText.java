package io.codeploy.multicopy.view;

import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.view.Standing.Copying;
import io.codeploy.multiquery.output.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How far a run is, in words. */
final class ProgressText {
  /** Nodes that have a line of their own: the ones furthest behind. */
  private static final int NODES = 10;

  private ProgressText() {}

  /**
   * All in one line, such as {@code 12/50 nodes, 3 failed, 1.2 GB of ~5.0 GB, 210.0 MB/s, 18 s
   * left, n07 at 12 %}, where n07 is the last.
   *
   * @param width longest that it may be; what comes last is left out first
   */
  static String line(Standing standing, OptionalLong rate, int width) {
    List<String> parts = new ArrayList<>();
    parts.add(standing.done() + "/" + standing.nodes() + " nodes");
    if (standing.failed() > 0) {
      parts.add(standing.failed() + " failed");
    }
    parts.addAll(course(standing, rate));
    last(standing.running()).ifPresent(parts::add);
    StringBuilder line = new StringBuilder(parts.getFirst());
    for (String part : parts.subList(1, parts.size())) {
      if (line.length() + 2 + part.length() > width) {
        break;
      }
      line.append(", ").append(part);
    }
    return line.toString();
  }

  /** The run in a line, then nodes under way in a line each, those furthest behind first. */
  static List<String> lines(Standing standing, OptionalLong rate) {
    List<String> parts = new ArrayList<>();
    parts.add(standing.done() + " of " + Figures.count(standing.nodes(), "node") + " done");
    if (standing.failed() > 0) {
      parts.add(standing.failed() + " failed");
    }
    parts.addAll(course(standing, rate));
    parts.add(files(standing.copied(), standing.total(), standing.estimated()));
    List<String> lines = new ArrayList<>();
    lines.add(String.join(", ", parts));
    behind(standing.running()).limit(NODES).map(ProgressText::node).forEach(lines::add);
    int others = standing.running().size() - NODES;
    if (others > 0) {
      lines.add("  and " + Figures.count(others, "node") + " further on");
    }
    return lines;
  }

  private static List<String> course(Standing standing, OptionalLong rate) {
    List<String> parts = new ArrayList<>();
    parts.add(of(standing.copied().bytes(), standing.total().bytes(), standing.estimated()));
    if (rate.isPresent()) {
      parts.add(Figures.bytes(rate.getAsLong()) + "/s");
      long left = standing.total().bytes() - standing.copied().bytes();
      if (rate.getAsLong() > 0 && left > 0) {
        parts.add(left(Duration.ofSeconds(Math.ceilDiv(left, rate.getAsLong()))));
      }
    }
    return parts;
  }

  private static String of(long copied, long total, boolean estimated) {
    return Figures.bytes(copied) + " of " + (estimated ? "~" : "") + Figures.bytes(total);
  }

  private static String files(Amount copied, Amount total, boolean estimated) {
    return Figures.count(copied.files())
        + " of "
        + (estimated ? "~" : "")
        + Figures.count(total.files(), "file");
  }

  /** Such as {@code 59 s left}, {@code 3:20 min left} and {@code 2:05 h left}. */
  private static String left(Duration time) {
    if (time.toSeconds() < 60) {
      return time.toSeconds() + " s left";
    }
    return time.toMinutes() < 60
        ? String.format(Locale.ROOT, "%d:%02d min left", time.toMinutes(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d h left", time.toHours(), time.toMinutesPart());
  }

  private static Stream<Copying> behind(List<Copying> running) {
    return running.stream().sorted(Comparator.comparingDouble(Copying::share));
  }

  private static Optional<String> last(List<Copying> running) {
    return behind(running)
        .filter(node -> node.lacking().isPresent())
        .findFirst()
        .map(node -> node.name() + " at " + Math.round(100 * node.share()) + " %");
  }

  private static String node(Copying node) {
    String course =
        node.lacking().isEmpty()
            ? "being looked at"
            : of(node.copied().bytes(), node.lacking().get().bytes(), false)
                + ", "
                + files(node.copied(), node.lacking().get(), false);
    return "  " + node.name() + ": " + course;
  }
}
