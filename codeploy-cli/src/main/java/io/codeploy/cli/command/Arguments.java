package io.codeploy.cli.command;

import io.codeploy.multicopy.command.RateOption;
import io.codeploy.multiquery.command.FailedNodesOptions;
import io.codeploy.multiquery.command.Options;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the command line may hold. */
final class Arguments {
  static final String ARCHIVE = "--archive";
  static final String DELETE = "--delete";
  static final String CHECKSUM = "--checksum";
  static final String EXCLUDE = "--exclude";
  static final String JSON = "--json";
  static final String NICE = "--nice";
  static final String AGENT_DIR = "--agent-dir";
  static final String ORIGIN_ADDRESS = "--origin-address";
  static final String ORIGIN_PORT = "--origin-port";
  static final String REPORT = "--report";
  static final String STOP_AGENTS = "--stop-agents";

  /** What says how to deploy, or how to tell of it, and nothing to agents that are to end. */
  static final List<String> DEPLOYING =
      Stream.concat(
              Stream.of(
                  ARCHIVE,
                  DELETE,
                  CHECKSUM,
                  EXCLUDE,
                  JSON,
                  ORIGIN_ADDRESS,
                  ORIGIN_PORT,
                  RateOption.NAME,
                  NICE,
                  REPORT),
              ProxyOptions.all().map(OptionSpec::longestName))
          .toList();

  private static final String PLACES = "DIR [URL] REMOTEDIR";

  private Arguments() {}

  /** A fresh specification: picocli keeps what it parsed in it. */
  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("codeploy");
    spec.usageMessage()
        .customSynopsis("codeploy [OPTION]... " + PLACES, "codeploy [OPTION]... " + STOP_AGENTS)
        .description(
            "Puts DIR on every node as REMOTEDIR, which is relative to the home directory."
                + " Nodes fetch the content from each other; the first copy comes from URL, under"
                + " which a web server of yours serves DIR, else from this machine. --timeout"
                + " limits connecting and the time without a sign of life, not the whole.")
        .abbreviateSynopsis(true);
    own().forEach(spec::addOption);
    ProxyOptions.all().forEach(spec::addOption);
    Options.addTo(spec);
    FailedNodesOptions.addTo(spec);
    spec.addPositional(Options.words(PLACES));
    return spec;
  }

  private static Stream<OptionSpec> own() {
    return Stream.of(
        Options.flag("send all content as one tar + zstd stream, a first time", "-a", ARCHIVE),
        Options.flag("remove on nodes what is not in DIR; what is excluded stays", DELETE),
        Options.flag("read every file on nodes, trusting no size and time", CHECKSUM),
        exclude(),
        RateOption.spec(
            "at most so many bytes of content a second, from the origin in all and from each node"
                + " to others"),
        Options.text("N", "niceness of agents that are started, 0 .. 19, default 0", NICE),
        Options.text("DIR", "of the agent on nodes, default .codeploy", AGENT_DIR),
        Options.text("ADDRESS", "of this machine, where nodes fetch from", ORIGIN_ADDRESS),
        Options.text("PORT", "of this machine, where nodes fetch from", ORIGIN_PORT),
        Options.flag("print one JSON object a line", JSON),
        Options.text("FILE", "for the summary as a JSON object", REPORT),
        Options.flag("end the agents on all nodes instead of deploying", STOP_AGENTS));
  }

  private static OptionSpec exclude() {
    return OptionSpec.builder(EXCLUDE)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel("PATTERN")
        .description("leave out what matches, in gitignore syntax; may be repeated")
        .build();
  }
}
