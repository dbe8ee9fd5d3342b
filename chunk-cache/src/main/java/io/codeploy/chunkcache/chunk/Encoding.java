package io.codeploy.chunkcache.chunk;

/** How the transported form of a chunk relates to its plain bytes. */
public enum Encoding {
  /** The transported bytes are the plain bytes. */
  RAW,
  /** The transported bytes are one zstd frame (RFC 8878) of the plain bytes. */
  ZSTD
}
