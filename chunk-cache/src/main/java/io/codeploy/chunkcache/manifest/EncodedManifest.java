package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.EncodedChunk;
import java.util.List;
import java.util.Objects;

/**
 * A manifest as it travels.
 *
 * @param whole what it is made of
 * @param root what names it
 * @param chunks its bytes, in the order of {@code root.chunks()}
 */
public record EncodedManifest(WholeManifest whole, ManifestRoot root, List<EncodedChunk> chunks) {
  public EncodedManifest {
    Objects.requireNonNull(whole, "whole is null");
    Objects.requireNonNull(root, "root is null");
    chunks = List.copyOf(chunks);
  }
}
