/**
 * Views of a run, for people and for scripts.
 *
 * <p>Each view is a {@link io.codeploy.multiquery.query.QueryListener}: {@link
 * io.codeploy.multiquery.output.ClassicView} writes the frame of 2004 that scripts parse, {@link
 * io.codeploy.multiquery.output.PrefixView} lines as they come, {@link
 * io.codeploy.multiquery.output.GatherView} equal outputs once, {@link
 * io.codeploy.multiquery.output.JsonView} and {@link io.codeploy.multiquery.output.FileView} what
 * programs read. They are put into a chain, of which {@link io.codeploy.multiquery.output.InOrder}
 * is one too; its last member closes the answers. {@link io.codeploy.multiquery.output.RunSummary}
 * says how it went. Results go to stdout, everything else to stderr. Called by one thread at a
 * time. Depends on {@code query}, {@code connect}, {@code fanout} and {@code node}.
 */
@NullMarked
package io.codeploy.multiquery.output;

import org.jspecify.annotations.NullMarked;
