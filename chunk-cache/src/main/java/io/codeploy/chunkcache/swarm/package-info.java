/**
 * Fetching chunks as a member of a deployment: from other members over {@code wire} and from an
 * {@code origin}, as {@code swarm.policy} decides.
 *
 * <p>{@link io.codeploy.chunkcache.swarm.Swarm} is a member; each list of chunks that it fetches is
 * a {@code Part}. {@code PartState} adds to the policy who waits for chunks, and {@code Patience}:
 * every fetch ends, since only verified chunks are progress; {@code docs/concurrency.md} has the
 * whole rule. {@code Part} puts a lock around that, {@code PartRun} carries steps out with real
 * sockets, verifies every chunk before it is kept or announced; {@code MemberRoute} tells peers
 * what this member has. Depends on {@code swarm.policy}, {@code member}, {@code origin}, {@code
 * chunk}, {@code store}, {@code http} and {@code wire}.
 */
@NullMarked
package io.codeploy.chunkcache.swarm;

import org.jspecify.annotations.NullMarked;
