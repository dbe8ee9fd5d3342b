package io.codeploy.cli.scan;

import io.codeploy.chunkcache.ignore.IgnorePatterns;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import io.codeploy.chunkcache.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A tree as a scan found it.
 *
 * @param dir its root, absolute, with links resolved
 * @param mode the root's permission bits, of which a manifest says nothing
 * @param chunks all that travels: the manifest's chunks, the content's and the delta
 * @param archive the file that holds the archive's bytes, when the content travels as one
 * @param delta from what was deployed last; only where chunks are served by this machine
 * @param leftOut the patterns that decided what is not in it, in the order in which they are asked
 * @param warnings one line each, of entries that were left out because they cannot be deployed
 */
public record ScannedTree(
    Path dir,
    int mode,
    Manifest manifest,
    EncodedManifest encodedManifest,
    TreeChunks chunks,
    Optional<Path> archive,
    Optional<TreeDelta> delta,
    ScanStats stats,
    List<IgnorePatterns> leftOut,
    List<String> warnings) {
  public ScannedTree {
    Objects.requireNonNull(dir, "dir is null");
    Objects.requireNonNull(manifest, "manifest is null");
    Objects.requireNonNull(encodedManifest, "encodedManifest is null");
    Objects.requireNonNull(chunks, "chunks is null");
    Objects.requireNonNull(archive, "archive is null");
    Objects.requireNonNull(delta, "delta is null");
    Objects.requireNonNull(stats, "stats is null");
    leftOut = List.copyOf(leftOut);
    warnings = List.copyOf(warnings);
  }
}
