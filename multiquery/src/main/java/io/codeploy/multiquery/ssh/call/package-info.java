/**
 * What all ways to a node need while they call it, {@code warm} included: limits that have begun to
 * run, values that are got once for all who ask, the streams of a command, and what was thrown in
 * words.
 */
@NullMarked
package io.codeploy.multiquery.ssh.call;

import org.jspecify.annotations.NullMarked;
