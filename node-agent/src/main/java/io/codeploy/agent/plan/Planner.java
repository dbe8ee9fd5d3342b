package io.codeploy.agent.plan;

import io.codeploy.agent.control.DeployOptions;
import io.codeploy.chunkcache.ignore.IgnoreRules;
import io.codeploy.chunkcache.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Makes a {@link Plan}: a pure comparison, the disk is only read. Errors of single paths become
 * {@link Change.Refuse}, with one line each.
 */
public final class Planner {
  /** Name of the staging directory below the root; no entry may have it. */
  public static final String STAGE = ".codeploy-stage";

  private final Path root;
  private final Optional<Manifest> last;
  private final DeployOptions options;
  private final LongConsumer bytesRead;
  private final Spared spared;

  /**
   * A planner for one deployment.
   *
   * @param root the remote directory, a real path; it need not exist
   * @param last the manifest of the last deployment to {@code root}
   * @param bytesRead told how many bytes were read for checksums, a piece at a time
   * @param places what is never surplus, nor what is in it or holds it: real paths
   */
  public Planner(
      Path root,
      Optional<Manifest> last,
      DeployOptions options,
      LongConsumer bytesRead,
      Set<Path> places) {
    this.root = root;
    this.last = last;
    this.options = options;
    this.bytesRead = bytesRead;
    this.spared = new Spared(root, places, IgnoreRules.of(options.spared()));
  }

  /**
   * Compares {@code manifest} with the disk. Blocks: files without a valid record are read.
   *
   * @throws IOException if the root itself cannot be read
   */
  public Plan plan(Manifest manifest) throws IOException {
    FileComparison comparison = new FileComparison(root, last, options, bytesRead);
    EntryWalk walk = new EntryWalk(root, last, options, comparison, spared);
    manifest.entries().forEach(walk::visit);
    List<Change> changes = new ArrayList<>(walk.withLocalCopies());
    if (options.delete()) {
      changes.addAll(new Surplus(root, manifest, spared).find());
    }
    return new Plan(changes, walk.unchanged());
  }
}
