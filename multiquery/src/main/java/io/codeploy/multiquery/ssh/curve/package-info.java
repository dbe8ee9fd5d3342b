/**
 * Curve25519 for MINA by Bouncy Castle's arithmetic, which takes a sixth of the JDK's CPU time in a
 * process of a few seconds. Only its two classes for this curve are used; no security provider is.
 */
@NullMarked
package io.codeploy.multiquery.ssh.curve;

import org.jspecify.annotations.NullMarked;
