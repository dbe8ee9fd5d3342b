package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.WholeManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was last deployed from a tree: {@code <cache directory>/deployed/<id>}, the encoded
 * manifest, under the name that the tree's scan cache has. A hint: without it, more is sent.
 */
public final class DeployedManifest {
  private final Path file;

  /**
   * That of the tree at {@code dir}, its real and absolute path.
   *
   * @param cacheDir of the operator
   */
  public DeployedManifest(Path cacheDir, Path dir) {
    this.file = cacheDir.resolve("deployed").resolve(ScanCacheFile.id(dir).toString());
  }

  /** It is {@code manifest} from now on; when the disk does not take it, it is none. */
  public void trySave(WholeManifest manifest) {
    try {
      if (load().filter(known -> known.digest().equals(manifest.digest())).isEmpty()) {
        ScanCacheFile.replace(file, manifest.bytes());
      }
    } catch (IOException e) {
      // The next deployment sends all that a new one would.
    }
  }

  /** What is there, whatever it is. */
  Optional<Stored> load() {
    try {
      return Files.exists(file)
          ? Optional.of(new Stored(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The bytes of the file; to be decoded only when there is need. */
  static final class Stored {
    private final byte[] bytes;
    private final Digest digest;

    Stored(byte[] bytes) {
      this.bytes = bytes;
      this.digest = Digest.of(bytes);
    }

    Digest digest() {
      return digest;
    }

    WholeManifest manifest() throws IOException {
      return WholeManifest.of(bytes);
    }
  }
}
