package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestChunks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a tree on disk into a manifest. Files that did not change since the last scan are not read.
 *
 * <p>A file that changes while it is read is read once more; when a file changes between its
 * reading and the making of its pack, the tree is scanned once more. The tree itself is never
 * written to.
 */
public final class TreeScan {
  private final InstantSource clock;
  private final Parallel parallel;
  private final Consumer<Path> afterRead;

  /**
   * @param clock that of the machine on which trees are changed
   */
  public TreeScan(InstantSource clock) {
    this(clock, Runtime.getRuntime().availableProcessors(), file -> {});
  }

  /**
   * @param afterRead told of each file between its reading and the check that it did not change
   */
  TreeScan(InstantSource clock, int processors, Consumer<Path> afterRead) {
    this.clock = Objects.requireNonNull(clock, "clock is null");
    this.parallel = Parallel.on(processors);
    this.afterRead = afterRead;
  }

  /**
   * Scans the tree of {@code request}; blocks while it reads. What was learnt of files is kept for
   * the next scan also when this one fails.
   */
  public ScannedTree scan(ScanRequest request) throws ScanException, InterruptedException {
    Path dir = TreeRoot.resolve(request.dir());
    EncodedChunks encoded = EncodedChunks.in(request.cacheDir());
    try {
      return scanOnce(request, dir, encoded);
    } catch (ChangedFileException e) {
      return scanAgain(request, dir, encoded);
    } catch (IOException e) {
      throw new ScanException(String.valueOf(e.getMessage()), e);
    }
  }

  private ScannedTree scanAgain(ScanRequest request, Path dir, EncodedChunks encoded)
      throws ScanException, InterruptedException {
    try {
      return scanOnce(request, dir, encoded);
    } catch (IOException e) {
      throw new ScanException(String.valueOf(e.getMessage()), e);
    }
  }

  private ScannedTree scanOnce(ScanRequest request, Path dir, EncodedChunks encoded)
      throws IOException, ScanException, InterruptedException {
    Instant start = clock.instant();
    ScanCacheFile cacheFile = new ScanCacheFile(request.cacheDir(), dir, ScanCacheCodec.current());
    ScanCache cache = cacheFile.load();
    FoundTree found = TreeWalk.walk(dir, LeftOut.of(request.excludes()));
    ContentReader reader = new ContentReader(request.delivery(), encoded, afterRead);
    TreeContents contents = new TreeContents(request.delivery(), cache, reader, parallel);
    try {
      contents.readFiles(found.files());
      contents.makePacks();
      if (request.delivery() == Delivery.ARCHIVE) {
        contents.makeArchive(new ArchiveFiles(request.cacheDir(), dir));
      }
    } finally {
      if (contents.hasNews()) {
        cacheFile.tryStore(contents.learnt().withoutRacyFiles(start));
      }
    }
    return put(new DeployedManifest(request.cacheDir(), dir), dir, found, contents, encoded);
  }

  private static ScannedTree put(
      DeployedManifest deployed,
      Path dir,
      FoundTree found,
      TreeContents contents,
      EncodedChunks encoded)
      throws IOException {
    Manifest manifest = ManifestAssembly.assemble(found.others(), contents);
    EncodedManifest encodedManifest = ManifestChunks.encode(manifest);
    Optional<ArchiveFile> archive = contents.archive();
    // A web server is given no copies of files that not everybody may read, so none in a delta.
    Optional<TreeDelta> delta =
        contents.delivery() == Delivery.CHUNKS
            ? TreeDelta.of(deployed, dir, encodedManifest)
            : Optional.empty();
    List<EncodedChunk> made = new ArrayList<>(encodedManifest.chunks());
    delta.ifPresent(one -> made.add(one.chunk()));
    TreeChunks chunks = new TreeChunks(manifest, made, bytes(dir, manifest, archive), encoded);
    return new ScannedTree(
        dir,
        TreeRoot.mode(dir),
        manifest,
        encodedManifest,
        chunks,
        archive.map(ArchiveFile::file),
        delta,
        ScanStats.of(manifest, encodedManifest, contents.bytesRead()),
        found.leftOut(),
        found.warnings());
  }

  private static ChunkBytes bytes(Path dir, Manifest manifest, Optional<ArchiveFile> archive) {
    return archive.isPresent()
        ? new ArchiveBytes(archive.get().file(), manifest)
        : new TreeFileBytes(path -> dir.resolve(path.value()));
  }
}
