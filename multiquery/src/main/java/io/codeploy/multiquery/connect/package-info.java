/**
 * The port through which every engine reaches a node: connect, execute, copy, forward.
 *
 * <p>{@link io.codeploy.multiquery.connect.Connector} is implemented over Apache MINA SSHD in
 * {@code ssh}, over the system's ssh in {@code systemssh}, and by a scripted fake in tests. Calls
 * block; each takes an explicit limit or is bounded by the liveness of the connection; all throw
 * {@link io.codeploy.multiquery.connect.NodeFailedException} for what befalls the node. Depends on
 * {@code node} and {@code fanout}.
 */
@NullMarked
package io.codeploy.multiquery.connect;

import org.jspecify.annotations.NullMarked;
