/**
 * How fast a run may copy: {@code --bwlimit}.
 *
 * <p>{@link io.codeploy.multicopy.rate.Brakes} is the run's, {@link
 * io.codeploy.multicopy.rate.Brake} one node's, {@code TokenBucket} the arithmetic. Depends on
 * multiquery's {@code TimeSource} alone.
 */
@NullMarked
package io.codeploy.multicopy.rate;

import org.jspecify.annotations.NullMarked;
