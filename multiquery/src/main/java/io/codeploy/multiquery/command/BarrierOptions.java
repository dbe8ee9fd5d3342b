package io.codeploy.multiquery.command;

import io.codeploy.multiquery.barrier.BarrierRule;
import io.codeploy.multiquery.barrier.BarrierRule.Stragglers;
import io.codeploy.multiquery.barrier.KneeRule;
import io.codeploy.multiquery.barrier.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The options on not waiting for the last: docs/barriers.md. */
final class BarrierOptions {
  private static final String KNEE = "knee";
  private static final String CUT = "cut";
  private static final String REPORT = "report";
  private static final String LEAVE = "leave";

  private BarrierOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "N[%]", "so many answers are enough: the others are cut (MQ_QUORUM)", "--quorum"));
    spec.addOption(
        Options.text("S", "but wait for them at least so long (MQ_MIN_WAIT)", "--min-wait"));
    spec.addOption(
        Options.text(
            "HOW",
            "knee: find stragglers by their times; report or cut them, as in knee,cut; codeploy"
                + " may leave them"
                + " (MQ_STRAGGLERS)",
            "--stragglers"));
  }

  static BarrierRule of(OptionValues options) throws UsageException {
    Optional<Share> quorum = quorum(options);
    List<String> how = List.of(options.text("stragglers").orElse("").split(",", -1));
    boolean knee = how.contains(KNEE);
    Optional<Duration> minWait = options.seconds("min-wait");
    boolean ends = how.contains(CUT) || how.contains(LEAVE);
    if (quorum.isEmpty() && !knee && (minWait.isPresent() || ends)) {
      throw new UsageException(
          "--min-wait, and --stragglers cut or leave, want --quorum or --stragglers knee");
    }
    return new BarrierRule(
        quorum,
        minWait.orElse(Duration.ZERO),
        knee ? Optional.of(KneeRule.usual()) : Optional.empty(),
        stragglers(options, how, quorum.isPresent()));
  }

  private static Optional<Share> quorum(OptionValues options) throws UsageException {
    Optional<String> text = options.text("quorum");
    Optional<Share> quorum = text.flatMap(Share::parse);
    if (text.isPresent() && quorum.isEmpty()) {
      throw options.wrong("quorum", "a number of nodes or a share like 98%", text.get());
    }
    return quorum;
  }

  private static Stragglers stragglers(OptionValues options, List<String> how, boolean quorum)
      throws UsageException {
    List<String> fates = how.stream().filter(word -> !word.equals(KNEE)).toList();
    if (!List.of("", REPORT, CUT, LEAVE).containsAll(fates) || fates.size() > 1) {
      throw options.wrong(
          "stragglers", "knee, report, cut or leave, or knee,cut", String.join(",", how));
    }
    if (how.contains(REPORT)) {
      return Stragglers.REPORT;
    }
    if (how.contains(LEAVE)) {
      return Stragglers.LEAVE;
    }
    return quorum || how.contains(CUT) ? Stragglers.CUT : Stragglers.REPORT;
  }
}
