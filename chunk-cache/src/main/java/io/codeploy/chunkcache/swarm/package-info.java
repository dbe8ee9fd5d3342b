/**
 * Who fetches which chunk from whom, and the fetching itself, over OkHttp.
 *
 * <p>{@code SwarmPolicy} decides, as a state machine over injected time and randomness without any
 * I/O: three owners a chunk by rendezvous hashing (Thaler and Ravishankar, 1998) ask the origin in
 * order; after that any holder serves. {@code Swarm} drives it with real sockets, verifies every
 * chunk before it is kept or announced, and tells peers what it has. The only package of this
 * module that imports OkHttp. Depends on {@code chunk}, {@code manifest}, {@code store} and {@code
 * http}.
 */
@NullMarked
package io.codeploy.chunkcache.swarm;

import org.jspecify.annotations.NullMarked;
