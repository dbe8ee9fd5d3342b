package io.codeploy.chunkcache.origin;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Encoding;
import io.codeploy.chunkcache.manifest.ChunkUses;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import okhttp3.HttpUrl;

/**
 * An origin that is a static web server: a chunk of the manifest's content is put together from
 * ranges of the files that it is a part of; the manifest's own chunks, and files that do not come
 * through under their own name, lie in an offered directory (docs/formats/http.md).
 */
public final class WebTreeOrigin implements Origin {
  private final HttpUrl tree;
  private final HttpUrl offered;
  private final Set<String> offeredKinds;

  /** Set by the node once it has the manifest; until then only the manifest can be fetched. */
  private volatile Optional<Content> content = Optional.empty();

  /** A manifest, its inverse, and where each archive chunk lies in the stream. */
  private record Content(Manifest manifest, ChunkUses uses) {
    Optional<Long> archiveOffset(int index) {
      long offset = 0;
      for (int chunk : manifest.archive()) {
        if (chunk == index) {
          return Optional.of(offset);
        }
        offset += manifest.chunks().get(chunk).transportedLength();
      }
      return Optional.empty();
    }
  }

  /**
   * The web server that serves the tree at {@code url}.
   *
   * @param url without a trailing slash
   * @param offeredDir name of the offered directory below it
   * @param offeredKinds kinds of files ({@link FileKind}) that are fetched from there
   * @throws IllegalArgumentException if {@code url} is no http or https URL
   */
  public WebTreeOrigin(String url, String offeredDir, List<String> offeredKinds) {
    this.tree = HttpUrl.get(url);
    this.offered = tree.newBuilder().addPathSegment(offeredDir).build();
    this.offeredKinds = Set.copyOf(offeredKinds);
  }

  /** From now on the chunks of {@code manifest} can be fetched. */
  public void know(Manifest manifest) {
    Objects.requireNonNull(manifest, "manifest is null");
    content = Optional.of(new Content(manifest, ChunkUses.of(manifest)));
  }

  @Override
  public byte[] fetch(ChunkRef chunk, IntConsumer arrived) throws IOException {
    RangeClient ranges = new RangeClient(arrived);
    Optional<Content> known = content;
    Optional<Integer> index = known.flatMap(c -> c.uses().indexOf(chunk.transported()));
    if (known.isEmpty() || index.isEmpty()) {
      return ranges.get(in(offered, "m-" + chunk.transported()), 0, chunk.transportedLength());
    }
    Optional<Long> inArchive = known.get().archiveOffset(index.get());
    if (inArchive.isPresent()) {
      return ranges.get(in(offered, "archive"), inArchive.get(), chunk.transportedLength());
    }
    return transported(chunk, assemble(chunk, known.get().uses().of(index.get()), ranges));
  }

  @Override
  public String toString() {
    return "origin " + tree;
  }

  /** The same version of zstd makes the same frame; where it does not, the digest tells. */
  private static byte[] transported(ChunkRef chunk, byte[] plain) {
    if (chunk.encoding() == Encoding.RAW) {
      return plain;
    }
    ByteBuffer encoded = ChunkCodec.encode(ByteBuffer.wrap(plain)).transported();
    byte[] bytes = new byte[encoded.remaining()];
    encoded.duplicate().get(bytes);
    return bytes;
  }

  private byte[] assemble(ChunkRef chunk, List<ChunkUses.Use> uses, RangeClient ranges)
      throws IOException {
    byte[] plain = new byte[chunk.plainLength()];
    int covered = 0;
    Comparator<ChunkUses.Use> byPlace =
        Comparator.comparingInt(ChunkUses.Use::chunkOffset).thenComparing(use -> -use.length());
    for (ChunkUses.Use use : uses.stream().sorted(byPlace).toList()) {
      int skipped = covered - use.chunkOffset();
      if (skipped >= 0 && skipped < use.length()) {
        int length = use.length() - skipped;
        byte[] part = ranges.get(url(use.file()), use.fileOffset() + skipped, length);
        System.arraycopy(part, 0, plain, covered, length);
        covered += length;
      }
    }
    if (covered < plain.length) {
      throw new OriginRefusedException(
          "origin "
              + tree
              + ": no file holds byte "
              + covered
              + " of a chunk of the manifest; run codeploy again");
    }
    return plain;
  }

  private HttpUrl url(RegularFile file) {
    if (offeredKinds.contains(FileKind.of(file))) {
      return in(offered, "f-" + file.digest());
    }
    HttpUrl.Builder url = tree.newBuilder();
    file.path().names().forEach(url::addPathSegment);
    return url.build();
  }

  private static HttpUrl in(HttpUrl directory, String name) {
    return directory.newBuilder().addPathSegment(name).build();
  }
}
