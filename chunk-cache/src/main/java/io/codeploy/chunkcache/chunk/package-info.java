/**
 * Content addressing: the names of bytes and the ways in which bytes are cut and packed.
 *
 * <p>Read {@link io.codeploy.chunkcache.chunk.Digest} first, then {@link
 * io.codeploy.chunkcache.chunk.ChunkRef}. Everything here is a value or a pure function over bytes;
 * nothing opens a file, a socket or a thread. This package depends on the JDK and zstd only.
 */
@NullMarked
package io.codeploy.chunkcache.chunk;

import org.jspecify.annotations.NullMarked;
