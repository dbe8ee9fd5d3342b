/**
 * Pull from one node: what it has is listed, compared with what is here, fetched into a stage
 * beside its place, checked, renamed.
 *
 * <p>{@link io.codeploy.multicopy.pull.Pull} goes through the steps. An {@code Origin} lists and
 * gives contents, by the node's shell ({@code ShellOrigin}) or by SFTP ({@code SftpOrigin}); all
 * else is the same for both, and trusts neither: names are checked by {@code Roll}, a tar stream by
 * {@code Intake}, and nothing is written but what was listed, into a {@code Stage}. Depends on
 * {@code plan}, {@code shell}, {@code source}, {@code progress} and on multiquery.
 */
@NullMarked
package io.codeploy.multicopy.pull;

import org.jspecify.annotations.NullMarked;
