/**
 * The one place that starts threads for work on nodes.
 *
 * <p>{@link io.codeploy.multiquery.fanout.Fanout} runs a task per item on named virtual threads
 * under a window and returns one result per item, always. {@link
 * io.codeploy.multiquery.fanout.TimeSource} is monotonic time and sleep as a dependency. Depends on
 * the JDK alone.
 */
@NullMarked
package io.codeploy.multiquery.fanout;

import org.jspecify.annotations.NullMarked;
