/**
 * Waiting for what may take long: limits that have begun to run, values that are got once for all
 * who ask, and what was thrown in words.
 */
@NullMarked
package io.codeploy.multiquery.ssh.call;

import org.jspecify.annotations.NullMarked;
