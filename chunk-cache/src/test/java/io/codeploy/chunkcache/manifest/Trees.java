package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Encoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Manifests to test with. */
final class Trees {
  private Trees() {}

  /** A digest that only {@code name} has. */
  static Digest digest(String name) {
    return Digest.of(name.getBytes(StandardCharsets.UTF_8));
  }

  static RelativePath path(String path) {
    return new RelativePath(path);
  }

  static Directory directory(String path) {
    return new Directory(path(path), 0755, Instant.ofEpochSecond(1_700_000_000L));
  }

  static RegularFile file(String path, Slice... slices) {
    long size = List.of(slices).stream().mapToLong(Slice::length).sum();
    Instant mtime = Instant.ofEpochSecond(1_700_000_000L, 5);
    return new RegularFile(path(path), 0644, mtime, size, digest(path), List.of(slices));
  }

  static ChunkRef raw(String name, int length) {
    return ChunkRef.raw(digest(name), length);
  }

  static ChunkRef zstd(String name, int length, int transported) {
    return new ChunkRef(
        digest(name), length, Encoding.ZSTD, digest("frame of " + name), transported);
  }

  /** The example of docs/formats/manifest.md. */
  static Manifest example() {
    List<ChunkRef> chunks = List.of(raw("a pack", 700), zstd("a program", 200_000, 80_000));
    Instant second = Instant.ofEpochSecond(1_700_000_000L);
    List<Entry> entries =
        List.of(
            new RegularFile(path(".empty"), 0644, second, 0, digest(""), List.of()),
            new Directory(path("bin"), 0755, second.plusSeconds(60)),
            new RegularFile(
                path("bin/run"),
                0755,
                second.minusNanos(1),
                200_000,
                digest("a program"),
                List.of(new Slice(1, 0, 200_000))),
            new Symlink(path("bin/start"), "run"),
            new RegularFile(
                path("grüße"), 0600, second, 600, digest("b"), List.of(new Slice(0, 0, 600))),
            new RegularFile(
                path("license"), 0644, second, 100, digest("c"), List.of(new Slice(0, 600, 100))));
    return new Manifest(chunks, entries, List.of());
  }

  /** A tree of about {@code files} files in nested directories; the same for the same seed. */
  static Manifest random(long seed, int files) {
    Random random = new Random(seed);
    List<ChunkRef> chunks = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    Instant time = Instant.ofEpochSecond(1_600_000_000L);
    int packed = 0;
    for (int i = 0; i < files; i++) {
      if (i % 20 == 0) {
        entries.add(new Directory(path(name(i / 20)), 0755, time.plusSeconds(random.nextInt(9))));
      }
      RelativePath path = path(name(i / 20) + "/file-%05d.txt".formatted(i));
      time = time.plusNanos(random.nextLong(1L << 40));
      if (random.nextInt(10) == 0) {
        entries.add(new Symlink(path, "../" + random.nextInt(1000)));
        continue;
      }
      List<Slice> slices = new ArrayList<>();
      if (random.nextInt(4) == 0) {
        for (int s = random.nextInt(5); s >= 0; s--) {
          slices.add(new Slice(chunks.size(), 0, 1_000_000));
          chunks.add(zstd("whole " + chunks.size(), 1_000_000, 300_000));
        }
      } else if (random.nextInt(10) != 0) {
        if (chunks.isEmpty() || packed > 900_000) {
          chunks.add(zstd("pack " + chunks.size(), 1_000_000, 300_000));
          packed = 0;
        }
        int length = 1 + random.nextInt(90_000);
        slices.add(new Slice(chunks.size() - 1, packed, length));
        packed += length;
      }
      long size = slices.stream().mapToLong(Slice::length).sum();
      entries.add(new RegularFile(path, 0644, time, size, digest("file " + i), slices));
    }
    return new Manifest(chunks, entries, List.of());
  }

  private static String name(int directory) {
    return "directory-%04d".formatted(directory);
  }
}
