/**
 * The HTTP server of a cache, of an origin and of an agent's control port, over Jetty.
 *
 * <p>{@code HttpServer} binds {@link io.codeploy.chunkcache.http.Endpoint}s; each is an address and
 * the {@link io.codeploy.chunkcache.http.Route}s that answer there. Handlers run on platform
 * threads and may block. The URLs and status codes are the page {@code http.md} of {@code
 * docs/formats}. The only package that imports Jetty. Depends on {@code chunk} and {@code store}.
 */
@NullMarked
package io.codeploy.chunkcache.http;

import org.jspecify.annotations.NullMarked;
