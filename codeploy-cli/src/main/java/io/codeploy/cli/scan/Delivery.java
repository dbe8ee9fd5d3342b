package io.codeploy.cli.scan;

/** In which form the content of a tree travels, which the origin decides. */
public enum Delivery {
  /** Chunks, compressed where it pays: what the embedded origin serves. */
  CHUNKS,
  /** Chunks as they are, assembled by nodes from plain ranges of files on a static web server. */
  WEB,
  /** One tar + zstd stream of all regular files, cut into chunks that travel as they are. */
  ARCHIVE
}
