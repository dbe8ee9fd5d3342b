/**
 * HTTP/1.1 between members of a swarm, over sockets: requests without bodies in clear text, answers
 * whose length is told before. So much smaller than a client and a server for all of the web that
 * it costs a fraction of their CPU, where each byte goes through both on each node. Trusts nothing
 * that the other end says.
 *
 * <p>{@code PlainClient} asks, {@code Reply} is an answer on its way, {@code Gathering} says how
 * long to let bytes gather before they are read, {@code IdleConnections} keeps connections for the
 * next request. {@code PeerServer} takes connections, {@code ServedConnection} answers on one,
 * {@code SendWindow} bounds what of that is on its way, {@code SocketExchange} is a request and its
 * answer. {@code HeadEnd} finds the end of a head, {@code ReplyHead}, {@code RequestHead} and
 * {@code HeadFields} parse it. Depends on {@code http}.
 */
@NullMarked
package io.codeploy.chunkcache.wire;

import org.jspecify.annotations.NullMarked;
