/**
 * What the operator sees of a deployment.
 *
 * <p>Each {@link io.codeploy.cli.view.View} is a listener of the run and prints its end: {@code
 * LiveView} keeps one line a phase up to date on a terminal, {@code PlainView} prints lines, {@code
 * JsonView} one object an event. {@code Summary} is the end in words. Results go to standard
 * output, all else to standard error. Called by one thread at a time. Depends on {@code deploy};
 * the only user of the progress bar.
 */
@NullMarked
package io.codeploy.cli.view;

import org.jspecify.annotations.NullMarked;
