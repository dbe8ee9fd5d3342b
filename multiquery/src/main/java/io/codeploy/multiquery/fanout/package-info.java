/**
 * The one place that starts threads for work on nodes.
 *
 * <p>{@link io.codeploy.multiquery.fanout.Fanout} runs a job on every item, on named virtual
 * threads at a {@link io.codeploy.multiquery.fanout.Pace}, and returns one result per item, always.
 * {@code Course} decides, a pure function of events and time; {@code Dispatch} acts. {@link
 * io.codeploy.multiquery.fanout.TimeSource} is monotonic time and sleep as a dependency. Depends on
 * {@code barrier} and {@code node}.
 */
@NullMarked
package io.codeploy.multiquery.fanout;

import org.jspecify.annotations.NullMarked;
