package io.codeploy.multiquery.command;

import io.codeploy.multiquery.prompt.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options on what is shown of a run of multiquery.
 *
 * @param output of the nodes on stdout and stderr
 * @param live whether lines are shown as they come, besides or instead
 * @param outdir for a file with the stdout of each node
 * @param errdir for a file with the stderr of each node
 * @param inOrder whether results come in the order of the list
 * @param summary whether the end is summed up
 */
record ViewOptions(
    Output output,
    boolean live,
    Optional<Path> outdir,
    Optional<Path> errdir,
    boolean inOrder,
    boolean summary) {
  private static final List<String> VIEWS =
      List.of("prefix", "gather", "gather-all", "diff", "json", "quiet");

  /** What becomes of the output of nodes at their end, or at the end of the run. */
  enum Output {
    CLASSIC,
    GATHERED,
    ALL_GATHERED,
    DIFFERENCES,
    JSON,
    NONE
  }

  ViewOptions {
    Objects.requireNonNull(output, "output is null");
    Objects.requireNonNull(outdir, "outdir is null");
    Objects.requireNonNull(errdir, "errdir is null");
  }

  static void addTo(CommandSpec spec) {
    spec.addOption(Options.flag("lines as they come, each as NODE: LINE", "--prefix"));
    spec.addOption(
        Options.flag("at the end, one block for all nodes of equal output", "-b", "--gather"));
    spec.addOption(Options.flag("-b, and stderr likewise", "-B", "--gather-all"));
    spec.addOption(
        Options.flag("at the end, what most nodes say, and how others differ", "--diff"));
    spec.addOption(Options.flag("a JSON object a line for each node", "--json"));
    spec.addOption(Options.text("DIR", "stdout of each node in a file there", "--outdir"));
    spec.addOption(Options.text("DIR", "stderr of each node in a file there", "--errdir"));
    spec.addOption(Options.flag("no output of nodes and no summary", "-q", "--quiet"));
    spec.addOption(Options.flag("no summary at the end", "--no-summary"));
  }

  /** Reads them. A view on the command line makes those in the environment void. */
  static ViewOptions of(OptionValues options) throws UsageException {
    OptionValues typed = options.typed();
    boolean chosen = VIEWS.stream().anyMatch(name -> typed.text(name).isPresent());
    OptionValues views = chosen ? typed : options;
    boolean quiet = views.flag("quiet");
    Optional<Path> outdir = options.text("outdir").map(Path::of);
    Optional<Path> errdir = options.text("errdir").map(Path::of);
    if (outdir.isPresent()
        && outdir.map(ViewOptions::whole).equals(errdir.map(ViewOptions::whole))) {
      throw new UsageException(
          "--outdir and --errdir are one directory, and both have a file for each node; give two");
    }
    return new ViewOptions(
        output(views, quiet),
        views.flag("prefix") && !quiet,
        outdir,
        errdir,
        options.flag("order"),
        !quiet && !options.flag("no-summary"));
  }

  private static Path whole(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** The view that a prompt begins with: gathered where nothing else was asked for. */
  View promptView() throws UsageException {
    return switch (output) {
      case CLASSIC, GATHERED -> View.GATHER;
      case ALL_GATHERED -> View.GATHER_ALL;
      case DIFFERENCES -> View.DIFF;
      case JSON -> View.JSON;
      case NONE -> {
        if (!live) {
          throw new UsageException("-q wants a command; a prompt without output is of no use");
        }
        yield View.PREFIX;
      }
    };
  }

  /** These, but for what is shown of the output of nodes. */
  ViewOptions showing(View view) {
    // Lines besides blocks are a view of their own on the command line, and stay so.
    boolean both = live && output != Output.NONE;
    return switch (view) {
      case GATHER -> showing(Output.GATHERED, both);
      case GATHER_ALL -> showing(Output.ALL_GATHERED, both);
      case DIFF -> showing(Output.DIFFERENCES, both);
      case PREFIX -> showing(Output.NONE, true);
      case CLASSIC -> showing(Output.CLASSIC, false);
      case JSON -> showing(Output.JSON, false);
    };
  }

  private ViewOptions showing(Output other, boolean lines) {
    return new ViewOptions(other, lines, outdir, errdir, inOrder, summary);
  }

  private static Output output(OptionValues options, boolean quiet) throws UsageException {
    boolean prefix = options.flag("prefix");
    boolean gathered = options.flag("gather");
    boolean all = options.flag("gather-all");
    boolean differences = options.flag("diff");
    if (options.flag("json")) {
      if (prefix || gathered || all || differences) {
        throw new UsageException("--json goes with no other view; drop one of them");
      }
      return quiet ? Output.NONE : Output.JSON;
    }
    if (differences && (gathered || all)) {
      throw new UsageException("--diff and --gather show the same output; drop one of them");
    }
    if (quiet) {
      return Output.NONE;
    }
    if (differences) {
      return Output.DIFFERENCES;
    }
    if (all) {
      return Output.ALL_GATHERED;
    }
    return gathered ? Output.GATHERED : prefix ? Output.NONE : Output.CLASSIC;
  }
}
