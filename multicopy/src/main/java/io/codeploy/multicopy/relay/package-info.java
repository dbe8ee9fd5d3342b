/**
 * What is asked of somebody who can carry files to many nodes at once, and by whom in a push.
 *
 * <p>{@link io.codeploy.multicopy.relay.RelayRun} is a run's, {@link
 * io.codeploy.multicopy.relay.RelayPlace} one copy's. Who carries is a {@link
 * io.codeploy.multicopy.relay.RelayService}, found by {@code ServiceLoader} when it is first
 * needed; this module has none. Depends on {@code expand}, {@code source}, {@code progress} and on
 * multiquery.
 */
@NullMarked
package io.codeploy.multicopy.relay;

import org.jspecify.annotations.NullMarked;
