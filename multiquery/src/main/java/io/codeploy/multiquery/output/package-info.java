/**
 * Views of a run, for people and for scripts.
 *
 * <p>{@link io.codeploy.multiquery.output.ClassicView} writes the frame of 2004 that scripts parse,
 * {@link io.codeploy.multiquery.output.InOrder} puts results into the order of the list, {@link
 * io.codeploy.multiquery.output.RunSummary} says how it went. Results go to stdout, everything else
 * to stderr. Depends on {@code query} and {@code node}.
 */
@NullMarked
package io.codeploy.multiquery.output;

import org.jspecify.annotations.NullMarked;
