/**
 * Who fetches which chunk from whom. {@link io.codeploy.chunkcache.swarm.policy.SwarmPolicy}
 * decides, as a state machine over injected time and randomness without any I/O, threads or locks:
 * three owners a chunk by rendezvous hashing ask the origin in order; after that any holder serves.
 *
 * <p>Its pieces, each of which answers one question: {@code Wants} and {@code PickChunk} (which
 * chunk next), {@code PickSource} with {@code Holders}, {@code OwnerRule}, {@code OwnerRequest} and
 * {@code OriginAccess} (of whom), {@code SiteRule} (who gets a chunk into a site), {@code Pace}
 * (who is slow), {@code Lateness} and {@code Hedges} (what takes too long, and what then), {@code
 * Neighbours}, {@code Polls} and {@code PeerView} (who has what, how old that is), {@code Window}
 * and {@code Asks} (how much at once), {@code Quarantine}, {@code SlotPause} and {@code PeerHealth}
 * (whom to let be), {@code StaleAsks} (which requests are over), {@code Refusals} (what will never
 * come). Depends on {@code chunk} and {@code member}.
 */
@NullMarked
package io.codeploy.chunkcache.swarm.policy;

import org.jspecify.annotations.NullMarked;
