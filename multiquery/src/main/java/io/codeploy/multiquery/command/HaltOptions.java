package io.codeploy.multiquery.command;

import io.codeploy.multiquery.barrier.Halt;
import io.codeploy.multiquery.barrier.Share;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The options on giving a run up. */
final class HaltOptions {
  private static final Pattern HALT = Pattern.compile("(now,|soon,)?fail=(.*)");

  private HaltOptions() {}

  static void addTo(CommandSpec spec) {
    spec.addOption(
        Options.text(
            "[now,]fail=N[%]",
            "launch no more nodes when so many have failed; now: end the others too (MQ_HALT)",
            "--halt"));
    spec.addOption(
        Options.flag(
            "end with the first failure; --halt now,fail=1 (MQ_FAIL_FAST=1)", "--fail-fast"));
  }

  /** Reads them. One on the command line makes the other in the environment void. */
  static Optional<Halt> of(OptionValues options) throws UsageException {
    Optional<String> text =
        (options.typed().flag("fail-fast") ? options.typed() : options).text("halt");
    if (text.isEmpty()) {
      return options.flag("fail-fast")
          ? Optional.of(new Halt(new Share.Count(1), Halt.Pending.END))
          : Optional.empty();
    }
    Matcher matcher = HALT.matcher(text.get());
    Optional<Share> failures = matcher.matches() ? Share.parse(matcher.group(2)) : Optional.empty();
    if (failures.isEmpty()) {
      throw options.wrong("halt", "like fail=10%, fail=3 or now,fail=1", text.get());
    }
    boolean now = text.get().startsWith("now,");
    return Optional.of(new Halt(failures.get(), now ? Halt.Pending.END : Halt.Pending.FINISH));
  }
}
