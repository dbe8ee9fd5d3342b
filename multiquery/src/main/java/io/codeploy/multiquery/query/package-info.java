/**
 * The engine of multiquery: one command on every node, one result per node.
 *
 * <p>{@link io.codeploy.multiquery.query.QueryEngine} takes a {@link
 * io.codeploy.multiquery.query.QueryRequest} and returns one outcome per node in the order of the
 * nodes; a {@link io.codeploy.multiquery.query.QueryListener} sees output as it arrives, if it
 * wants to, and each {@link io.codeploy.multiquery.query.NodeAnswer}. Blocking, on the virtual
 * threads of {@code fanout}. Depends on {@code node}, {@code connect}, {@code fanout}, {@code
 * shell} and {@code spill}; knows nothing of SSH or of terminals.
 */
@NullMarked
package io.codeploy.multiquery.query;

import org.jspecify.annotations.NullMarked;
