/**
 * The manifest: what a tree is, in which chunks its bytes lie, and the signed root that vouches for
 * it.
 *
 * <p>Read {@link io.codeploy.chunkcache.manifest.Manifest} first. {@code ManifestCodec} alone reads
 * and writes manifest bytes and {@code SignedRoot} those of a signed root; their formats are the
 * pages {@code manifest.md} and {@code signed-root.md} of {@code docs/formats}. Values and pure
 * functions: no file, socket or thread. Depends on {@code chunk}.
 */
@NullMarked
package io.codeploy.chunkcache.manifest;

import org.jspecify.annotations.NullMarked;
