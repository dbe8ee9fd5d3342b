/**
 * Connections that are kept for the next use.
 *
 * <p>{@link io.codeploy.multiquery.warm.KeptConnections} keeps those of one process; {@code
 * warm.keeper} is a process that keeps those of many runs. Depends on {@code connect}, {@code
 * node}, {@code fanout} and {@code ssh.call}.
 */
@NullMarked
package io.codeploy.multiquery.warm;

import org.jspecify.annotations.NullMarked;
