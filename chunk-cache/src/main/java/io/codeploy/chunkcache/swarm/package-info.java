/**
 * Who fetches which chunk from whom, and the fetching itself: from members over {@code wire}, from
 * origins over OkHttp.
 *
 * <p>{@code SwarmPolicy} decides, as a state machine over injected time and randomness without any
 * I/O: three owners a chunk by rendezvous hashing (Thaler and Ravishankar, 1998) ask the origin in
 * order; after that any holder serves. Its pieces, each of which answers one question: {@code
 * Wants} and {@code PickChunk} (which chunk next), {@code PickSource} with {@code Holders}, {@code
 * OwnerRule}, {@code OwnerRequest} and {@code OriginAccess} (of whom), {@code SiteRule} (who gets a
 * chunk into a site), {@code Pace} (who is slow), {@code Lateness} and {@code Hedges} (what takes
 * too long, and what then), {@code Neighbours}, {@code Polls} and {@code PeerView} (who has what,
 * how old that is), {@code Window} and {@code Asks} (how much at once), {@code Quarantine}, {@code
 * SlotPause} and {@code PeerHealth} (whom to let be), {@code StaleAsks} (which requests are over),
 * {@code Refusals} (what will never come).
 *
 * <p>{@code PartState} adds who waits for chunks and {@code Patience}: every fetch ends, since only
 * verified chunks are progress; {@code docs/concurrency.md} has the whole rule. {@code Part} puts a
 * lock around that, {@code PartRun} carries steps out with real sockets, verifies every chunk
 * before it is kept or announced; {@code MemberRoute} tells peers what this member has. The only
 * package of this module that imports OkHttp. Depends on {@code chunk}, {@code manifest}, {@code
 * store}, {@code http} and {@code wire}.
 */
@NullMarked
package io.codeploy.chunkcache.swarm;

import org.jspecify.annotations.NullMarked;
