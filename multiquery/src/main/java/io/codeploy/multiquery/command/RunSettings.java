package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.Pace;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the MQ_ variables and the options of the same names say about a run.
 *
 * @param nodeFile MQ_NODES
 * @param slice MQ_SLICE, the login where the list names none
 * @param timeout MQ_TIMEOUT, where given; zero for none
 * @param pace MQ_MAXLOAD and MQ_DELAY
 * @param inOrder MQ_ORDER=1
 */
public record RunSettings(
    Path nodeFile, Optional<String> slice, Optional<Duration> timeout, Pace pace, boolean inOrder) {
  public RunSettings {
    Objects.requireNonNull(nodeFile, "nodeFile is null");
    Objects.requireNonNull(slice, "slice is null");
    Objects.requireNonNull(timeout, "timeout is null");
    Objects.requireNonNull(pace, "pace is null");
  }

  /** Reads them: an option wins over its variable. No file is looked at. */
  public static RunSettings of(OptionValues options) throws UsageException {
    Path nodeFile =
        options
            .text("nodes")
            .map(Path::of)
            .orElseThrow(
                () ->
                    new UsageException(
                        "no node list; set MQ_NODES or give --nodes, a file with one host a line"));
    return new RunSettings(
        nodeFile,
        options.text("slice"),
        options.seconds("timeout"),
        PaceOptions.of(options),
        options.flag("order"));
  }

  /** The nodes that the file lists. */
  public List<Node> nodes() throws NodeListException {
    return NodeList.read(nodeFile);
  }
}
