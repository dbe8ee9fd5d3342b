package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.RawNames;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sources that a node has, of a copy that goes to the same node. */
public final class NodeSources {
  private NodeSources() {}

  /**
   * Lists what {@code path} means there, a name or a pattern, but for what is excluded.
   *
   * @param limit for opening a channel
   * @throws io.codeploy.multicopy.shell.NoShellException if the node's shell cannot tell
   * @throws IOException also for anything that cannot be copied: then nothing is
   */
  public static List<SourceTree> list(
      Connection connection, Duration limit, Progress progress, String path, Exclusion exclusion)
      throws IOException, InterruptedException {
    Problems problems = new Problems();
    List<RemoteSource> sources =
        new ShellOrigin(connection, limit, progress)
            .list(List.of(Wire.of(path)), Selection.plain(exclusion), problems);
    problems.check(false);
    return sources.stream()
        .map(
            source ->
                SourceTree.onNode(
                    source.path(),
                    source.name(),
                    source.entries().stream().map(entry -> entry(source, entry)).toList()))
        .toList();
  }

  private static SourceEntry entry(RemoteSource source, RemoteEntry entry) {
    Found found = entry.found();
    return new SourceEntry(
        entry.name(),
        RawNames.path(source.path(entry)),
        entry.isLink()
            ? SourceEntry.Kind.LINK
            : entry.isDirectory() ? SourceEntry.Kind.DIRECTORY : SourceEntry.Kind.FILE,
        entry.isFile() ? found.size() : 0,
        found.seconds(),
        found.nanos(),
        found.mode(),
        found.link().orElse(""));
  }
}
