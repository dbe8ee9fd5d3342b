package io.codeploy.cli.scan;

import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.store.ChunkGoneException;
import java.io.Serial;
import java.util.List;

/** Files are no longer what their scan found. */
final class ServedFileChangedException extends ChunkGoneException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<RelativePath> paths;

  ServedFileChangedException(List<RelativePath> paths) {
    super(paths.get(0) + " changed while it was deployed; run codeploy again");
    this.paths = List.copyOf(paths);
  }

  /** At least one. */
  List<RelativePath> paths() {
    return paths;
  }
}
