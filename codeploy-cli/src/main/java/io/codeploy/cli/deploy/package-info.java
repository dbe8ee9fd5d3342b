/**
 * The engine of {@code codeploy}: a request in; one outcome a node, and the traffic, out.
 *
 * <p>Read {@link io.codeploy.cli.deploy.DeployEngine} first. A run goes: the tree is scanned;
 * {@code Gathering} connects to all nodes and gets an agent on each; {@code OriginAccess} finds who
 * reaches the origin, through SSH if nobody does; {@code Push} hands each agent its request and
 * follows its events. Each of the three is a {@code Passage} over the nodes that are left: those
 * that fail, lag behind or are halted drop out with an outcome and hold nobody up. What happens is
 * told to a {@link io.codeploy.cli.deploy.DeployListener}, one call at a time. Work on nodes runs
 * in {@code Fanout}, at the pace of the whole run; connections stay open for it. Depends on {@code
 * scan}, {@code origin} and {@code fleet}.
 */
@NullMarked
package io.codeploy.cli.deploy;

import org.jspecify.annotations.NullMarked;
