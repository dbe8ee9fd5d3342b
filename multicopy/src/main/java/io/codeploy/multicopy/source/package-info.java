/**
 * What a push sends: sources on the local disk, listed and digested once for all nodes.
 *
 * <p>{@link io.codeploy.multicopy.source.Sources} is the run's, {@link
 * io.codeploy.multicopy.source.SourceTree} one source, {@link
 * io.codeploy.multicopy.source.Exclusion} what of it is left out, here and on nodes. Names are in
 * {@link io.codeploy.multicopy.source.Wire} form from here on. Nothing here knows of nodes.
 */
@NullMarked
package io.codeploy.multicopy.source;

import org.jspecify.annotations.NullMarked;
