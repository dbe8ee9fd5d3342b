/**
 * Which host keys are believed: known_hosts files, read once and indexed, the judgement on a key,
 * and the appending of new ones.
 */
@NullMarked
package io.codeploy.multiquery.ssh.hostkey;

import org.jspecify.annotations.NullMarked;
