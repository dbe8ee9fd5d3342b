/**
 * Where nodes get the bytes of a tree from first.
 *
 * <p>{@link io.codeploy.cli.origin.EmbeddedOrigin} serves chunks itself. {@link
 * io.codeploy.cli.origin.WebOrigin} makes a web server of the operator's one: {@code WebSamples}
 * chooses files that {@code WebProbe} fetches and compares, and {@code OfferedCopies} puts beside
 * the tree what the server would not give as it is. The URLs are the page {@code http.md} of {@code
 * docs/formats}. Depends on {@code scan}, on chunk-cache, on node-agent's {@code control} and on
 * multiquery's {@code connect}; the other package of this module that imports OkHttp. Blocking, on
 * the caller's thread.
 */
@NullMarked
package io.codeploy.cli.origin;

import org.jspecify.annotations.NullMarked;
