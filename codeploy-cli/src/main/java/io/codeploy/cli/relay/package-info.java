/**
 * What {@code multicopy} relays by: its large pushes go through the agents of codeploy.
 *
 * <p>{@link io.codeploy.cli.relay.AgentRelayService} is found by {@code ServiceLoader}; an {@code
 * AgentRelay} has a {@code CargoSwarm} for all nodes that get the same. A node's thread goes
 * through it from top to bottom: an agent, the scan that is made once, the origin, the {@code
 * Muster} at which nodes wait for each other, its part of the deployment. Depends on {@code scan},
 * {@code origin}, {@code fleet} and {@code deploy}. No threads of its own.
 */
@NullMarked
package io.codeploy.cli.relay;

import org.jspecify.annotations.NullMarked;
