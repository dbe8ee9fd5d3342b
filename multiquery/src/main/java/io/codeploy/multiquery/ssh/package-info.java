/**
 * The port {@code connect} over Apache MINA SSHD, the only SSH client of the process.
 *
 * <p>Read {@link io.codeploy.multiquery.ssh.MinaConnector} first. A connection: {@code
 * HostSettingsResolver} of {@code ssh.config} tells what holds for the node, {@code SessionOpener}
 * resolves, connects and authenticates, {@code ssh.hostkey} judges the host key, {@code ssh.key}
 * gathers keys from files and ssh-agent, and a {@code MinaConnection} comes out. {@code
 * MinaFailures} is the one table from what MINA throws to what befell the node. Depends on {@code
 * connect}, {@code node}, {@code fanout} and on the packages below it.
 *
 * <p>Threads: calls block their caller. MINA's few I/O threads run the protocol for all sessions
 * and must never wait: reading and writing of channels, signing, files and name look-ups happen on
 * the callers or on virtual threads named {@code ssh-…}.
 */
@NullMarked
package io.codeploy.multiquery.ssh;

import org.jspecify.annotations.NullMarked;
