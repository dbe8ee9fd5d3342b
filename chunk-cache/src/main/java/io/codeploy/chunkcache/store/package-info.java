/**
 * Where chunks lie: the on-disk store of a node and anything else that has chunks to give.
 *
 * <p>{@link io.codeploy.chunkcache.store.ChunkSource} is what the server serves from: the store of
 * an agent, or the tree of the controller. {@link io.codeploy.chunkcache.store.ChunkStore} is the
 * store: {@code StoreIndex} knows what is there and what goes next, {@code StoreDirectory} does the
 * file operations, never under the index's lock. Depends on {@code chunk}.
 */
@NullMarked
package io.codeploy.chunkcache.store;

import org.jspecify.annotations.NullMarked;
