package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;

/** The chunk that a pack became. */
record KnownPack(Cut cut, ChunkRef chunk) {}
