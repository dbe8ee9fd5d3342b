/**
 * The agent's process: its arguments, state file, control port, cache, and the deployments that run
 * in it.
 *
 * <p>{@code Main} reads arguments and starts an {@link io.codeploy.agent.daemon.Agent}. {@code
 * ControlRoute} answers the control port; a deploy request becomes a {@code Deployment} on a thread
 * of its own, kept by {@code Deployments}, and the request's thread tells of it until its report. A
 * {@code Deployment} fetches through the swarm and hands over to {@code plan} and {@code apply}.
 * What goes over the control port is the page {@code agent-control.md} of {@code docs/formats}.
 */
@NullMarked
package io.codeploy.agent.daemon;

import org.jspecify.annotations.NullMarked;
