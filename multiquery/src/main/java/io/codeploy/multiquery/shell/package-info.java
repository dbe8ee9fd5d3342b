/**
 * What a node's login shell is given, and what is said to it while it runs: the user's command, the
 * variables that tell it which node it is on, its input, sudo's password, and the watch that ends
 * it when this side goes away.
 *
 * <p>{@link io.codeploy.multiquery.shell.RemoteCommand} runs over any {@link
 * io.codeploy.multiquery.connect.Connection}; it knows nothing of SSH. Depends on {@code connect},
 * {@code node} and {@code spill}.
 */
@NullMarked
package io.codeploy.multiquery.shell;

import org.jspecify.annotations.NullMarked;
