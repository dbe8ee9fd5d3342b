/**
 * Content addressing: the names of bytes and the ways in which bytes are cut, packed and
 * compressed.
 *
 * <p>Read {@link io.codeploy.chunkcache.chunk.Digest} first, then {@link
 * io.codeploy.chunkcache.chunk.ChunkRef}. A file's size decides its {@link
 * io.codeploy.chunkcache.chunk.CuttingRules#fate}: large ones go through a {@link
 * io.codeploy.chunkcache.chunk.Chunker}, small ones into packs by {@link
 * io.codeploy.chunkcache.chunk.PackPlanner}, and each chunk through {@link
 * io.codeploy.chunkcache.chunk.ChunkCodec}, there and back. The rules are the page {@code
 * chunking.md} of {@code docs/formats}.
 *
 * <p>Values and functions over bytes; nothing opens a file, a socket or a thread. Depends on the
 * JDK and zstd only, and no other package of this module imports zstd.
 */
@NullMarked
package io.codeploy.chunkcache.chunk;

import org.jspecify.annotations.NullMarked;
