package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Amount;
import java.util.List;

/**
 * What there is to do.
 *
 * @param lacking files that have to come
 * @param skipped those that are here
 */
record Work(Amount lacking, Amount skipped) {
  static Work of(List<LocalTree> trees) {
    return new Work(amount(trees, true), amount(trees, false));
  }

  private static Amount amount(List<LocalTree> trees, boolean missing) {
    long files = 0;
    long bytes = 0;
    for (LocalTree tree : trees) {
      for (int i = 0; i < tree.size(); i++) {
        RemoteEntry entry = tree.entry(i);
        if (entry.isFile() && tree.first(i).isEmpty() && tree.missing(i) == missing) {
          files++;
          bytes += entry.found().size();
        }
      }
    }
    return new Amount(files, bytes);
  }
}
