/**
 * Where chunks come from first: {@link io.codeploy.chunkcache.origin.ChunkServerOrigin} is a server
 * of chunks, {@link io.codeploy.chunkcache.origin.WebTreeOrigin} a static web server from whose
 * file ranges they are assembled. What an origin says is one of three exceptions: come back later,
 * never, or not this time. A server of chunks is asked as members are, web servers over OkHttp;
 * {@code WebClients} has the clients of the process for these. Blocking, on the caller's thread.
 * Depends on {@code chunk}, {@code manifest}, {@code http} and {@code wire}.
 */
@NullMarked
package io.codeploy.chunkcache.origin;

import org.jspecify.annotations.NullMarked;
