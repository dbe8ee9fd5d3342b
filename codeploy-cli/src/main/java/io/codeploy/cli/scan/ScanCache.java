package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.Digest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a tree from its last scan.
 *
 * @param files by path below the root
 * @param packs by the key of their members
 */
record ScanCache(
    Map<String, KnownFile> files, Map<Digest, KnownPack> packs, Optional<KnownArchive> archive) {
  static final ScanCache EMPTY = new ScanCache(Map.of(), Map.of(), Optional.empty());

  /** What is known of {@code found} if it did not change. */
  Optional<KnownFile> lookup(FoundFile found) {
    return Optional.ofNullable(files.get(found.path().value()))
        .filter(known -> known.stamp().equals(found.stamp()));
  }

  /** The part of it that a scan which starts at {@code scanStart} may leave to the next one. */
  ScanCache withoutRacyFiles(Instant scanStart) {
    Map<String, KnownFile> trusted = new LinkedHashMap<>(files);
    trusted.values().removeIf(known -> known.stamp().racy(scanStart));
    return new ScanCache(trusted, packs, archive);
  }
}
