/**
 * Push, pull, scatter and copies on the node itself.
 *
 * <p>{@link io.codeploy.multicopy.transfer.CopyEngine} runs one {@code NodeTransfer} per node
 * through {@link io.codeploy.multiquery.fanout.Fanout}; that has {@code push.ShellPush} push where
 * the node has a shell for it, and {@code pull.Pull} pull. Else it expands remote patterns ({@code
 * Glob}), decides where each source goes ({@code Placement}), and copies trees between file systems
 * ({@code TreeCopy}), the node's being an SFTP one. Blocking, on the virtual threads of the
 * fan-out. Depends on every other package of the module but {@code view} and {@code command}, and
 * on multiquery.
 */
@NullMarked
package io.codeploy.multicopy.transfer;

import org.jspecify.annotations.NullMarked;
