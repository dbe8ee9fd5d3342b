/**
 * A tree on disk becomes a manifest and a source of its chunks, with as little reading as possible.
 *
 * <p>Read {@link io.codeploy.cli.scan.TreeScan} first. A scan goes: {@code TreeWalk} lists the tree
 * under {@code LeftOut}; {@code ScanCache} tells what is known of files that did not change; {@code
 * ContentReader} reads, digests, cuts and compresses the others; {@code PackedFiles} groups small
 * ones; {@code ManifestAssembly} puts the manifest together; {@link
 * io.codeploy.cli.scan.TreeChunks} serves its chunks. The cache's bytes are the page {@code
 * scan-cache.md} of {@code docs/formats}. Depends on chunk-cache and on the fan-out of multiquery.
 * Files are read by one thread a processor; everything else is the caller's thread.
 */
@NullMarked
package io.codeploy.cli.scan;

import org.jspecify.annotations.NullMarked;
