package io.codeploy.multicopy.push;

import io.codeploy.multicopy.progress.Amount;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import java.util.List;

/** How much there is to do, in files and bytes of their contents. */
final class Tally {
  private Tally() {}

  /**
   * Tells {@code progress}.
   *
   * @param all sources
   * @param missing those of which something is
   */
  static void tell(List<SourceTree> all, List<NodeTree> missing, Progress progress) {
    long files = 0;
    long bytes = 0;
    long stagedFiles = 0;
    long stagedBytes = 0;
    for (NodeTree tree : missing) {
      for (int i = 0; i < tree.size(); i++) {
        SourceEntry entry = tree.entry(i);
        if (entry.isFile() && tree.missing(i)) {
          boolean whole = !tree.toSend(i);
          files++;
          bytes += entry.size();
          stagedFiles += whole ? 1 : 0;
          stagedBytes += whole ? entry.size() : tree.begun(i);
        }
      }
    }
    Amount lacking = new Amount(files, bytes);
    progress.plan(lacking, new Amount(stagedFiles, stagedBytes), files(all).minus(lacking));
  }

  private static Amount files(List<SourceTree> trees) {
    Amount all = Amount.NONE;
    for (SourceTree tree : trees) {
      all = all.plus(new Amount(tree.files(), tree.bytes()));
    }
    return all;
  }
}
