/**
 * HTTP/1.1 between members of a swarm, over sockets: {@code GET} in clear text, answers whose
 * length is told before. So much smaller than a client for all of the web that it costs a fraction
 * of its CPU, where each byte goes through it on each node. Trusts nothing that an answer says.
 *
 * <p>{@code PlainClient} asks, {@code Reply} is an answer on its way, {@code ReplyHead} its parsed
 * beginning, {@code Gathering} says how long to let bytes gather before they are read, {@code
 * IdleConnections} keeps connections for the next request. Depends on no other package.
 */
@NullMarked
package io.codeploy.chunkcache.wire;

import org.jspecify.annotations.NullMarked;
