/**
 * Nodes, lists of nodes, and what becomes of a node in a run.
 *
 * <p>Read {@link io.codeploy.multiquery.node.Node} and {@link
 * io.codeploy.multiquery.node.NodeOutcome} first: every engine of the project returns exactly one
 * outcome per node that it was given, in the order of the list. Values and parsers only. Depends on
 * the JDK alone.
 */
@NullMarked
package io.codeploy.multiquery.node;

import org.jspecify.annotations.NullMarked;
