package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.Symlink;

/**
 * What a scan found and what it cost.
 *
 * @param contentBytes of all regular files
 * @param bytesRead of content read from DIR by this scan; 0 for an unchanged tree
 * @param transportedBytes of all chunks, the manifest's included
 */
public record ScanStats(
    int files,
    int directories,
    int links,
    long contentBytes,
    long bytesRead,
    long transportedBytes) {
  static ScanStats of(Manifest manifest, EncodedManifest encoded, long bytesRead) {
    int directories = count(manifest, Directory.class);
    int links = count(manifest, Symlink.class);
    long chunks = manifest.chunks().stream().mapToLong(ChunkRef::transportedLength).sum();
    long own = encoded.root().chunks().stream().mapToLong(ChunkRef::transportedLength).sum();
    return new ScanStats(
        manifest.entries().size() - directories - links,
        directories,
        links,
        manifest.contentBytes(),
        bytesRead,
        chunks + own);
  }

  private static int count(Manifest manifest, Class<? extends Entry> kind) {
    return (int) manifest.entries().stream().filter(kind::isInstance).count();
  }
}
