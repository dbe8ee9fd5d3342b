/**
 * What a controller and an agent say to each other: JSON over HTTP on the agent's loopback port,
 * reached through SSH.
 *
 * <p>{@link io.codeploy.agent.control.DeployRequest} goes down; {@link
 * io.codeploy.agent.control.AgentEvent}s come back, one a line, the last of them a {@link
 * io.codeploy.agent.control.AgentEvent.Report}. {@code ControlCodec} alone knows JSON. The format
 * is the page {@code agent-control.md} of {@code docs/formats}. Values only; used by the agent and
 * by the controller.
 */
@NullMarked
package io.codeploy.agent.control;

import org.jspecify.annotations.NullMarked;
