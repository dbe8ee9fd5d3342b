/**
 * Agents on nodes: found, installed, started, talked to.
 *
 * <p>{@link io.codeploy.cli.fleet.SshFleet} is the path of a node: {@code NodeProbe} asks what is
 * there in one command, {@code Bootstrap} installs an {@link io.codeploy.cli.fleet.AgentImage} and
 * starts it where it is missing, {@code ImageSpread} brings the image there as {@code SeedPlan}
 * says, from here or from another node, and {@link io.codeploy.cli.fleet.AgentLink} speaks HTTP
 * with the running agent through the node's connection. The shell scripts are resources of this
 * package; what they print lies between two markers, so that what a profile prints does no harm.
 * Depends on {@code multiquery.connect} and {@code agent.control}; one of the two packages of this
 * module that import OkHttp. No threads of its own.
 */
@NullMarked
package io.codeploy.cli.fleet;

import org.jspecify.annotations.NullMarked;
