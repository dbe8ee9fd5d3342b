package io.codeploy.multiquery.command;

import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.select.Selection;
import io.codeploy.multiquery.select.Selector;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Which nodes a run is for.
 *
 * @param list MQ_NODES, or the file of the nodes that failed
 * @param retried that file, where no others are meant
 * @param dryRun whether the nodes are to be printed and nothing else to be done
 */
public record NodeOptions(
    Optional<Path> list, Selection selection, Optional<FailedNodes> retried, boolean dryRun) {
  private static final String NODES = "nodes";
  private static final String TARGETS = "targets";
  private static final String GROUP = "group";
  private static final String NODES_FROM = "nodes-from";
  private static final List<String> SELECTORS = List.of(NODES, TARGETS, GROUP, NODES_FROM);

  public NodeOptions {
    Objects.requireNonNull(list, "list is null");
    Objects.requireNonNull(selection, "selection is null");
    Objects.requireNonNull(retried, "retried is null");
  }

  static void addTo(CommandSpec spec) {
    spec.addOption(Options.text("FILE", "list of nodes, one host a line (MQ_NODES)", "--" + NODES));
    spec.addOption(
        expression(
            "these nodes instead: n[01-32],user@host:22,^FILE,@GROUP,web*,site=fra,/regex/,"
                + "-host; a!b, a&b, a^b; - is standard input (MQ_TARGETS)",
            "-w",
            "--" + TARGETS));
    spec.addOption(expression("but not these, in the same form (MQ_EXCEPT)", "-x", "--except"));
    spec.addOption(
        Options.texts(
                "GROUP",
                "those of a group: a label of the list; of dsh, genders, ansible, ssh:PATTERN,"
                    + " slurm:job (MQ_GROUP)",
                "-g",
                "--" + GROUP)
            .build());
    spec.addOption(
        Options.texts("CMD", "those that a local command prints (MQ_NODES_FROM)", "--" + NODES_FROM)
            .build());
    spec.addOption(Options.text("N", "only N of them, by chance (MQ_PICK)", "--pick"));
    spec.addOption(Options.flag("print the nodes and do nothing else", "--dry-run"));
  }

  /** An expression may start with a dash, which picocli would take for options. */
  private static OptionSpec expression(String description, String... names) {
    return Options.texts("NODES", description, names)
        .preprocessor(
            (arguments, spec, option, info) -> {
              String next = arguments.isEmpty() ? "" : arguments.peek();
              if (next.matches("-[^-].*") && !spec.optionsMap().containsKey(next)) {
                arguments.push(" " + arguments.pop());
              }
              return false;
            })
        .build();
  }

  private static List<String> stripped(List<String> texts) {
    return texts.stream().map(String::strip).toList();
  }

  /** Reads them. Nodes that are named on the command line make all in the environment void. */
  static NodeOptions of(OptionValues options) throws UsageException {
    Optional<FailedNodes> retried = FailedNodesOptions.retried(options);
    OptionValues typed = options.typed();
    boolean named = SELECTORS.stream().anyMatch(name -> typed.text(name).isPresent());
    OptionValues selectors = named || retried.isPresent() ? typed : options;
    return new NodeOptions(
        retried.map(FailedNodes::file).or(() -> options.text(NODES).map(Path::of)),
        new Selection(
            stripped(selectors.all(TARGETS)),
            selectors.all(GROUP),
            selectors.all(NODES_FROM),
            stripped(options.all("except")),
            options.count("pick")),
        retried,
        options.flag("dry-run"));
  }

  /** The nodes; none where those that failed are meant, and none of them has. */
  List<Node> nodes(Surroundings surroundings) throws UsageException, IOException {
    NodeSources sources = new NodeSources(list, surroundings);
    if (selection.isWholeList() && !sources.hasList()) {
      throw new UsageException(NodeSources.NO_LIST);
    }
    Selector selector = sources.selector();
    if (retried.isEmpty()) {
      return selector.select(selection);
    }
    FailedNodes failed = retried.get();
    return failed.isEmpty()
        ? List.of()
        : selector.picked(failed.among(selector.select(selection.all())), selection.pick());
  }

  /** Groups that expressions may name. */
  Groups groups(Surroundings surroundings) {
    return new NodeSources(list, surroundings).groups();
  }

  /** Tells, in the name of {@code command}, that none of the nodes that failed is left. */
  public ExitCode noneFailed(String command, PrintStream err) {
    String none =
        selection.toString().isEmpty() ? "no failed nodes in " : "none of these nodes is in ";
    err.println(command + ": " + none + retried.orElseThrow().file());
    return ExitCode.OK;
  }

  /** Prints {@code nodes} as a node list. */
  public static ExitCode print(List<Node> nodes, PrintStream out) {
    nodes.forEach(node -> out.println(node.line()));
    out.flush();
    return ExitCode.OK;
  }
}
