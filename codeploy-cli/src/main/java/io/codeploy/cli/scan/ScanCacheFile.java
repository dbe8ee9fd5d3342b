package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where the cache of one tree lies. */
final class ScanCacheFile {
  private final Path file;
  private final ScanCacheCodec codec;

  /**
   * @param dir the tree's root, real and absolute
   */
  ScanCacheFile(Path cacheDir, Path dir, ScanCacheCodec codec) {
    this(cacheDir, id(dir), codec);
  }

  /**
   * @param id what names the tree
   */
  ScanCacheFile(Path cacheDir, Digest id, ScanCacheCodec codec) {
    this.file = cacheDir.resolve("scan").resolve(id.toString());
    this.codec = codec;
  }

  /** What names the tree at {@code dir} in the cache directory. */
  static Digest id(Path dir) {
    return Digest.of(dir.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What is known; nothing if the cache cannot be read or used. */
  ScanCache load() {
    try {
      Optional<ScanCache> cache =
          Files.exists(file) ? codec.decode(Files.readAllBytes(file)) : Optional.empty();
      return cache.orElse(ScanCache.EMPTY);
    } catch (IOException e) {
      return ScanCache.EMPTY;
    }
  }

  /**
   * Replaces what is known, atomically; when the disk does not take it, nothing is lost but time.
   */
  void tryStore(ScanCache cache) {
    try {
      replace(file, codec.encode(cache));
    } catch (IOException e) {
      // The next scan reads again.
    }
  }

  /** Has {@code file} hold {@code bytes}, or still what it held. Its directory is made. */
  static void replace(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(temporary, bytes);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
