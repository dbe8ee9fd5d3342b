package io.codeploy.multiquery.command;

import static io.codeploy.multiquery.query.OutputSource.Stream.STDERR;
import static io.codeploy.multiquery.query.OutputSource.Stream.STDOUT;

import io.codeploy.multiquery.connect.FileTrouble;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.output.ClassicView;
import io.codeploy.multiquery.output.Discard;
import io.codeploy.multiquery.output.FileView;
import io.codeploy.multiquery.output.FoldedVerdicts;
import io.codeploy.multiquery.output.GatherView;
import io.codeploy.multiquery.output.InOrder;
import io.codeploy.multiquery.output.JsonView;
import io.codeploy.multiquery.output.PrefixView;
import io.codeploy.multiquery.output.Replay;
import io.codeploy.multiquery.output.Screen;
import io.codeploy.multiquery.output.VerdictLines;
import io.codeploy.multiquery.query.OutputSource;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The views that options ask for, as one listener. */
final class Views {
  private final ViewOptions options;
  private final Screen screen;
  private final Path temporaryDirectory;
  private final List<FileView> files = new ArrayList<>();

  Views(ViewOptions options, Screen screen, Path temporaryDirectory) {
    this.options = options;
    this.screen = screen;
    this.temporaryDirectory = temporaryDirectory;
  }

  /**
   * The listener of a run over {@code nodes}.
   *
   * @throws IOException if a directory for outputs cannot be made
   */
  QueryListener listener(List<Node> nodes) throws IOException {
    QueryListener views = shown(nodes);
    if (options.outdir().isPresent()) {
      views = file(nodes, STDOUT, options.outdir().get(), views);
    }
    if (options.errdir().isPresent()) {
      views = file(nodes, STDERR, options.errdir().get(), views);
    }
    return views;
  }

  /** Why outputs are not all in their files, after the run. */
  Optional<String> complaint() {
    return files.stream()
        .flatMap(view -> view.missing().stream())
        .map(Views::complaint)
        .findFirst();
  }

  private static String complaint(FileView.Missing missing) {
    return "output of %s cannot be written to %s: %s"
        .formatted(missing.nodes(), missing.directory(), FileTrouble.reason(missing.why()));
  }

  private QueryListener file(
      List<Node> nodes, OutputSource.Stream stream, Path directory, QueryListener next)
      throws IOException {
    FileView view = new FileView(nodes, stream, Files.createDirectories(directory), next);
    files.add(view);
    return view;
  }

  private QueryListener shown(List<Node> nodes) {
    return switch (options.output()) {
      case CLASSIC -> ordered(new ClassicView(screen.out(), screen.err()));
      case JSON -> ordered(new JsonView(nodes, screen.out()));
      case GATHERED ->
          gathered(Set.of(STDERR), GatherView.blocks(Set.of(STDOUT), screen, options.inOrder()));
      case ALL_GATHERED ->
          gathered(Set.of(), GatherView.blocks(Set.of(STDOUT, STDERR), screen, options.inOrder()));
      case DIFFERENCES -> gathered(Set.of(STDERR), GatherView.differences(Set.of(STDOUT), screen));
      case NONE -> options.live() ? live(new Discard()) : new Discard();
    };
  }

  private QueryListener ordered(QueryListener view) {
    return options.inOrder() ? new InOrder(view) : view;
  }

  /** What is gathered may be shown live as well; otherwise only {@code others} are. */
  private QueryListener gathered(Set<OutputSource.Stream> others, GatherView view) {
    return options.live() ? live(view) : new FoldedVerdicts(screen.err(), lines(others, view));
  }

  private QueryListener live(QueryListener next) {
    QueryListener view = lines(Set.of(STDOUT, STDERR), new VerdictLines(screen.err(), next));
    return options.inOrder() ? new InOrder(new Replay(view)) : view;
  }

  private QueryListener lines(Set<OutputSource.Stream> streams, QueryListener next) {
    return streams.isEmpty() ? next : new PrefixView(streams, screen, temporaryDirectory, next);
  }
}
