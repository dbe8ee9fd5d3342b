/**
 * The keeper: a process that keeps connections for the runs of one user.
 *
 * <p>Read {@link io.codeploy.multiquery.warm.keeper.Keeper} first, then {@code Guest}, which serves
 * one socket. Depends on {@code warm}, {@code warm.wire}, {@code socket}, {@code connect}, {@code
 * node}, {@code fanout}, {@code shell}, {@code ssh.config} (for {@code Person}) and {@code
 * ssh.call}.
 */
@NullMarked
package io.codeploy.multiquery.warm.keeper;

import org.jspecify.annotations.NullMarked;
