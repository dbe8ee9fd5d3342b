package io.codeploy.cli.command;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.cli.deploy.Deployment;
import io.codeploy.cli.deploy.OriginAddress;
import io.codeploy.cli.deploy.Pace;
import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScanRequest;
import io.codeploy.multicopy.command.RateOption;
import io.codeploy.multiquery.command.FailedNodes;
import io.codeploy.multiquery.command.FailedNodesOptions;
import io.codeploy.multiquery.command.OptionValues;
import io.codeploy.multiquery.command.RunSettings;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.command.UsageException;
import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Arguments and environment variables to an immutable request. */
final class RequestTranslation {
  private static final Duration DEFAULT_CONNECT = Duration.ofSeconds(30);
  private static final Duration DEFAULT_PROGRESS = Duration.ofSeconds(60);

  private final ParseResult parsed;
  private final Surroundings surroundings;
  private final OptionValues options;
  private final RunSettings settings;

  RequestTranslation(ParseResult parsed, Surroundings surroundings) throws UsageException {
    this.parsed = parsed;
    this.surroundings = surroundings;
    this.options = OptionValues.of(parsed, surroundings);
    this.settings = RunSettings.of(options);
  }

  /** What is said in the same way to all commands of the house. */
  RunSettings settings() {
    return settings;
  }

  /** Where nodes that failed are noted; looked at before any of them is touched. */
  Optional<FailedNodes> failedNodes() throws IOException {
    FailedNodesOptions.check(options);
    return FailedNodesOptions.of(options);
  }

  boolean json() {
    return parsed.hasMatchedOption(Arguments.JSON);
  }

  /** Where the summary is to go besides; looked at before any node is touched. */
  Optional<Path> reportFile() throws UsageException {
    Optional<Path> file = option(Arguments.REPORT).map(Path::of);
    if (file.filter(path -> !mayBeWritten(path)).isPresent()) {
      throw new UsageException(Arguments.REPORT + " cannot be written: " + file.get());
    }
    return file;
  }

  /** Not by opening it: whoever reads a pipe would take that for the whole report. */
  private static boolean mayBeWritten(Path file) {
    Path place = Files.exists(file) ? file : file.toAbsolutePath().getParent();
    return place != null && Files.isWritable(place) && !Files.isDirectory(file);
  }

  Invocation toRequest(List<Node> nodes) throws UsageException {
    Positionals places = Positionals.of(parsed.matchedPositionalValue(0, List.<String>of()));
    Deployment deployment =
        new Deployment(
            nodes,
            source(places),
            places.url(),
            places.remoteDir(),
            options(),
            originAddress(),
            RateOption.of(options),
            pace());
    return new Invocation(
        deployment, settings.ssh(), agentDir(), niceness(), timeout().orElse(DEFAULT_PROGRESS));
  }

  StopRequest toStopRequest(List<Node> nodes) throws UsageException {
    List<String> places = parsed.matchedPositionalValue(0, List.<String>of());
    if (!places.isEmpty()) {
      throw new UsageException(
          Arguments.STOP_AGENTS + " deploys nothing; leave out " + String.join(" ", places));
    }
    Optional<String> idle =
        Arguments.DEPLOYING.stream().filter(parsed::hasMatchedOption).findFirst();
    if (idle.isPresent()) {
      throw new UsageException(idle.get() + " does not go with " + Arguments.STOP_AGENTS);
    }
    return new StopRequest(nodes, settings.ssh(), agentDir(), pace());
  }

  private Pace pace() {
    RunSettings bounded = settings.within(surroundings, "codeploy");
    return new Pace(bounded.pace(), timeout().orElse(DEFAULT_CONNECT), bounded.retries());
  }

  /**
   * Of a connection attempt, and of an agent that gives no sign of life: a deployment may last as
   * long as it needs. Zero, which means none elsewhere, leaves the defaults.
   */
  private Optional<Duration> timeout() {
    return settings.timeout().filter(limit -> !limit.isZero());
  }

  private String agentDir() throws UsageException {
    return options.onNodes("agent-dir", ".codeploy");
  }

  private int niceness() throws UsageException {
    String text = options.text("nice").orElse("0");
    if (!text.matches("1?\\d")) {
      throw options.wrong("nice", "a niceness of 0 .. 19", text);
    }
    return Integer.parseInt(text);
  }

  private ScanRequest source(Positionals places) {
    Delivery chunks = places.url().isPresent() ? Delivery.WEB : Delivery.CHUNKS;
    return new ScanRequest(
        places.dir(),
        parsed.matchedOptionValue(Arguments.EXCLUDE, List.<String>of()),
        parsed.hasMatchedOption(Arguments.ARCHIVE) ? Delivery.ARCHIVE : chunks,
        surroundings.cacheDirectory());
  }

  private DeployOptions options() throws UsageException {
    return new DeployOptions(
        parsed.hasMatchedOption(Arguments.DELETE),
        parsed.hasMatchedOption(Arguments.CHECKSUM),
        ProxyOptions.of(options));
  }

  private OriginAddress originAddress() throws UsageException {
    Optional<String> address = option(Arguments.ORIGIN_ADDRESS);
    try {
      return new OriginAddress(
          address.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(address.get())),
          originPort());
    } catch (UnknownHostException e) {
      throw new UsageException(Arguments.ORIGIN_ADDRESS + " is unknown: " + address.get(), e);
    }
  }

  private int originPort() throws UsageException {
    String text = option(Arguments.ORIGIN_PORT).orElse("0");
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 0xffff) {
      throw new UsageException(Arguments.ORIGIN_PORT + " has to be 0 .. 65535, not " + text);
    }
    return Integer.parseInt(text);
  }

  private Optional<String> option(String name) {
    return parsed.hasMatchedOption(name)
        ? Optional.of(parsed.matchedOption(name).<String>getValue())
        : Optional.empty();
  }
}
