package io.codeploy.chunkcache.swarm;

/**
 * What a member has moved so far, in bytes of chunks in their transported form.
 *
 * @param fromOrigin received from the origin, repeated and spoilt chunks included
 * @param fromPeers received from other members, repeated and spoilt chunks included
 * @param fromStore wanted and found in the local store
 * @param served sent to other members
 */
public record SwarmTraffic(long fromOrigin, long fromPeers, long fromStore, long served) {}
