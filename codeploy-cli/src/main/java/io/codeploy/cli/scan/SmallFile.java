package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.PackMember;
import java.nio.file.Path;

/** One of the files that have a small content, the first in the tree's order. */
record SmallFile(Path file, Digest digest, int size) {
  PackMember member() {
    return new PackMember(digest, size);
  }
}
