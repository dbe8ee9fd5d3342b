/**
 * The manifest: what a tree is, in which chunks its bytes lie, and the signed root that vouches for
 * it.
 *
 * <p>Read {@link io.codeploy.chunkcache.manifest.Manifest} first. On its way to a node a manifest
 * goes through {@link io.codeploy.chunkcache.manifest.ManifestChunks}, which encodes it ({@link
 * io.codeploy.chunkcache.manifest.ManifestCodec}) and cuts it, and its root through {@link
 * io.codeploy.chunkcache.manifest.DeploymentKey}; there {@link
 * io.codeploy.chunkcache.manifest.SignedRoot} verifies the root, {@code ManifestChunks} joins what
 * it names, and {@link io.codeploy.chunkcache.manifest.ChunkUses} tells where each chunk goes. The
 * formats are the pages {@code manifest.md} and {@code signed-root.md} of {@code docs/formats}.
 *
 * <p>Values and pure functions: no file, socket or thread. Depends on {@code chunk}.
 */
@NullMarked
package io.codeploy.chunkcache.manifest;

import org.jspecify.annotations.NullMarked;
