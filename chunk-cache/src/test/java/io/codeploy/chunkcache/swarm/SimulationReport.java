package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.swarm.FleetCase.Sites;
import io.codeploy.chunkcache.swarm.FleetCase.Troubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes {@code docs/simulation.md} and its plots: {@code scripts/simulate}. The same policy gives
 * the same bytes, so that a change of it is seen as a difference of figures.
 */
final class SimulationReport {
  private static final String TOP =
      """
      # The swarm in virtual time

      Written by `scripts/simulate`; not to be edited. The classes that decide in an agent (`SwarmPolicy`,
      `PartState`) decide here, for all nodes of a fleet, over simulated links: each node has an uplink and a
      downlink, the origin an uplink, a site a link to the others. Flows share a link nearly fairly and give
      others what they cannot use; nothing is lost; a message takes 0.5 ms within a site and 10 ms else. An
      agent sends 8 chunks at once, the origin 12. Nodes begin within half a second. If not said otherwise, all
      links have 20 Mbit/s, there are 200 chunks of 512 KiB, dead nodes die halfway, a slow node has a tenth of the
      rate, and one that crawls a hundredth of it, but only to send. A dead node's system refuses connections, of
      a silent one nothing is heard.

      The bound is what no way of distribution can do without (Kumar and Ross, 2006):
      max(F / origin, F / slowest healthy downlink, N F / all uplinks). Times are those of healthy nodes, in
      bounds. Control is what a node receives that is no chunk, as a share of the whole.

      | fleet | bound, s | median | p95 | last | from the origin | into a site | control | incomplete |
      |---|---|---|---|---|---|---|---|---|
      """;

  private static final String PLOTS =
      """

      ![Share of nodes that are complete against time in bounds](simulation/complete.svg)

      ![95th percentile in bounds against the number of nodes](simulation/size.svg)
      """;

  private static final FleetCase QUICK =
      FleetCase.plain(20, 50, new FleetCase.Scale(320_000, 50))
          .called("20 nodes, 50 Mbit/s, 50 chunks of 320 kB");

  private static final FleetCase.Death SILENTLY = new FleetCase.Death(0.5, true);

  private SimulationReport() {}

  /** The fleets that take seconds. */
  static List<FleetCase> small() {
    FleetCase thirty = FleetCase.plain(30, 200);
    return List.of(
        FleetCase.plain(10, 200),
        thirty,
        thirty.with(new Troubles(0.1, 0, 0)).called("30 nodes, a tenth slow"),
        thirty.with(new Troubles(0, 0, 0, 1 / 30.0)).called("30 nodes, one crawls"),
        FleetCase.plain(20, 200).with(new Sites(2, 20)).called("2 sites of 10, 20 Mbit/s between"),
        QUICK,
        QUICK.with(new Troubles(0.1, 0, 0)).called("the same, a tenth slow"),
        QUICK.with(new Troubles(0.1, 0.1, 0)).called("the same, a tenth slow, another dies"),
        QUICK
            .with(new Troubles(0, 0.1, 0).dying(SILENTLY))
            .called("the same, a tenth falls silent"));
  }

  private static List<FleetCase> large() {
    FleetCase hundred = FleetCase.plain(100, 200);
    return List.of(
        hundred,
        hundred.withSeed(2).called("100 nodes, another seed"),
        FleetCase.plain(300, 200),
        FleetCase.plain(1000, 200),
        hundred.withOrigin(4).called("100 nodes, origin at a fifth"),
        hundred.withOrigin(200).called("100 nodes, origin at ten times"),
        hundred.with(new Troubles(0.1, 0, 0)).called("100 nodes, a tenth slow"),
        hundred.with(new Troubles(0, 0.1, 0)).called("100 nodes, a tenth dies"),
        hundred.with(new Troubles(0.1, 0.1, 0)).called("100 nodes, a tenth slow, another dies"),
        hundred.with(new Troubles(0, 0, 0.05)).called("100 nodes, one in twenty lies"),
        hundred.with(new Troubles(0, 0, 0, 0.01)).called("100 nodes, one crawls"),
        hundred.with(new Troubles(0, 0, 0, 0.1)).called("100 nodes, a tenth crawls"),
        hundred.with(new Sites(10, 100)).called("10 sites of 10, 100 Mbit/s between"),
        hundred
            .with(new Sites(10, 100))
            .with(new Troubles(0, 0, 0, 0.1))
            .called("10 sites of 10, all of one crawl"),
        FleetCase.plain(1000, 1).called("1000 nodes, one chunk"));
  }

  /** Writes into the directory of the documents; with {@code --huge} 10,000 nodes, too. */
  public static void main(String[] arguments) throws IOException {
    Path docs = Path.of(arguments[0]);
    List<FleetCase> fleets = new ArrayList<>(small());
    fleets.addAll(large());
    if (List.of(arguments).contains("--huge")) {
      fleets.add(FleetCase.plain(10_000, 200));
    }
    List<FleetOutcome> outcomes = new ArrayList<>();
    for (FleetCase fleet : fleets) {
      outcomes.add(FleetSimulation.run(fleet));
      System.out.print(row(outcomes.getLast()));
    }
    StringBuilder page = new StringBuilder(TOP);
    outcomes.forEach(outcome -> page.append(row(outcome)));
    Files.writeString(docs.resolve("simulation.md"), page.append(PLOTS));
    Path plots = Files.createDirectories(docs.resolve("simulation"));
    Files.writeString(plots.resolve("complete.svg"), complete(outcomes));
    Files.writeString(plots.resolve("size.svg"), size(outcomes));
  }

  /** The line of the table. */
  static String row(FleetOutcome outcome) {
    FleetCase fleet = outcome.fleet();
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.2f | %.2f | %.2f | %.3f | %s | %.2f %% | %d |%n",
        fleet.name(),
        fleet.boundSeconds(),
        outcome.bounds(0.5),
        outcome.bounds(0.95),
        outcome.bounds(1),
        outcome.originCopies(),
        fleet.sites().count() == 0 ? "" : String.format(Locale.ROOT, "%.2f", outcome.crossCopies()),
        100 * outcome.control(),
        outcome.incomplete());
  }

  private static Stream<FleetOutcome> plain(List<FleetOutcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> outcome.fleet().name().equals(outcome.fleet().nodes() + " nodes"));
  }

  private static String complete(List<FleetOutcome> outcomes) {
    Plot plot = new Plot("time in bounds", 1, 2, "share of nodes complete", 0, 1);
    plain(outcomes)
        .forEach(
            outcome -> {
              List<Plot.Point> points = new ArrayList<>();
              for (int percent = 1; percent <= 100; percent++) {
                points.add(new Plot.Point(outcome.bounds(percent / 100.0), percent / 100.0));
              }
              plot.line(outcome.fleet().name(), points);
            });
    return plot.svg();
  }

  private static String size(List<FleetOutcome> outcomes) {
    Plot plot = new Plot("nodes, powers of ten", 1, 4, "p95 in bounds", 1, 2);
    plot.line(
        "p95",
        plain(outcomes)
            .map(
                outcome ->
                    new Plot.Point(Math.log10(outcome.fleet().nodes()), outcome.bounds(0.95)))
            .toList());
    plot.line("bar", List.of(new Plot.Point(1, 1.3), new Plot.Point(4, 1.3)));
    return plot.svg();
  }
}
