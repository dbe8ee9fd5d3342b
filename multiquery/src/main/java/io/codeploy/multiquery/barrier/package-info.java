/**
 * When a run over many nodes may let in more of them, and when it need not wait for the rest: pure
 * policies over (time, event), after the barriers of Plush (docs/barriers.md).
 *
 * <p>{@link io.codeploy.multiquery.barrier.Barrier} tells from arrivals when it opens, with {@link
 * io.codeploy.multiquery.barrier.Knee} as its detector of stragglers; {@link
 * io.codeploy.multiquery.barrier.Window} tells how many may be under way; {@link
 * io.codeploy.multiquery.barrier.Halt} when too many have failed. They know no clock, no thread and
 * no node, and belong to one caller at a time. {@code fanout} acts on what they say.
 */
@NullMarked
package io.codeploy.multiquery.barrier;

import org.jspecify.annotations.NullMarked;
