/**
 * Push, pull, scatter and copies on the node itself.
 *
 * <p>{@link io.codeploy.multicopy.transfer.CopyEngine} runs one {@code NodeTransfer} per node
 * through {@link io.codeploy.multiquery.fanout.Fanout}; that expands remote patterns ({@code
 * Glob}), decides where each source goes ({@code Placement}), and copies trees between file systems
 * ({@code TreeCopy}), the node's being an SFTP one. Blocking, on the virtual threads of the
 * fan-out. Depends on {@code expand} and on multiquery.
 */
@NullMarked
package io.codeploy.multicopy.transfer;

import org.jspecify.annotations.NullMarked;
