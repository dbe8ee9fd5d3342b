package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.EncodedManifest;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestChunks;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes files that somebody has listed into a manifest; otherwise as {@link TreeScan}. No ignore
 * file counts.
 */
public final class ListedScan {
  private final InstantSource clock;
  private final Path cacheDir;
  private final Parallel parallel;

  /**
   * @param clock that of the machine on which the files are changed
   * @param cacheDir of the operator, such as {@code ~/.cache/codeploy}; made when missing
   */
  public ListedScan(InstantSource clock, Path cacheDir) {
    this.clock = clock;
    this.cacheDir = cacheDir;
    this.parallel = Parallel.on(Runtime.getRuntime().availableProcessors());
  }

  /**
   * What a scan of a list found.
   *
   * @param chunks all that travels: the manifest's chunks and the content's
   */
  public record Scanned(Manifest manifest, EncodedManifest encoded, TreeChunks chunks) {}

  /**
   * Reads what is not known of {@code files}; blocks meanwhile.
   *
   * @param name under which what is learnt is kept for the next scan of the same list
   * @param directories that hold the files, and others
   * @throws ScanException also if a file is not what was listed
   */
  public Scanned scan(String name, List<Directory> directories, List<ListedFile> files)
      throws ScanException, InterruptedException {
    Instant start = clock.instant();
    Digest id = Digest.of(("list\0" + name).getBytes(StandardCharsets.UTF_8));
    ScanCacheFile cacheFile = new ScanCacheFile(cacheDir, id, ScanCacheCodec.current());
    EncodedChunks encoded = EncodedChunks.in(cacheDir);
    ContentReader reader = new ContentReader(Delivery.CHUNKS, encoded, file -> {});
    TreeContents contents = new TreeContents(Delivery.CHUNKS, cacheFile.load(), reader, parallel);
    try {
      contents.readFiles(found(files));
      contents.makePacks();
    } catch (IOException e) {
      throw new ScanException(String.valueOf(e.getMessage()), e);
    } finally {
      if (contents.hasNews()) {
        cacheFile.tryStore(contents.learnt().withoutRacyFiles(start));
      }
    }
    Manifest manifest = ManifestAssembly.assemble(new ArrayList<>(directories), contents);
    EncodedManifest encodedManifest = ManifestChunks.encode(manifest);
    TreeFileBytes bytes = new TreeFileBytes(places(files));
    return new Scanned(
        manifest,
        encodedManifest,
        new TreeChunks(manifest, encodedManifest.chunks(), bytes, encoded));
  }

  private static List<FoundFile> found(List<ListedFile> files) throws IOException {
    List<FoundFile> found = new ArrayList<>(files.size());
    for (ListedFile file : files) {
      FileStamp stamp = FileStamp.of(file.file());
      if (stamp.size() != file.size() || !stamp.mtime().equals(SettableTime.of(file.mtime()))) {
        throw new ChangedFileException(file.file());
      }
      found.add(new FoundFile(file.path(), file.file(), file.mode(), stamp));
    }
    return found;
  }

  private static TreeFileBytes.Places places(List<ListedFile> files) {
    Map<RelativePath, Path> places = HashMap.newHashMap(files.size());
    files.forEach(file -> places.put(file.path(), file.file()));
    return path -> places.getOrDefault(path, Path.of(path.value()));
  }
}
