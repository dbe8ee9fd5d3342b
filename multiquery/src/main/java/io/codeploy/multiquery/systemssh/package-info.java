/**
 * The port {@code connect} over the system's own {@code ssh}, for {@code --ssh-command}.
 *
 * <p>Read {@link io.codeploy.multiquery.systemssh.SystemSshConnector} first. A connection is a
 * master: an {@code ssh -N} process that logs in and listens on a socket in a private directory. A
 * command, a stream or an SFTP session is one more {@code ssh} process, which takes part in that
 * connection through the socket and never makes one of its own. {@code SshFailures} is the one
 * table from what ssh says to what befell the node. Depends on {@code connect}, {@code node},
 * {@code fanout}, {@code ssh.call} and {@code systemssh.sftp}; on no SSH library.
 *
 * <p>Threads: what reads and writes a process's pipes does so on platform threads named {@code
 * ssh-…}; a read of a pipe knows no interruption, and callers must.
 */
@NullMarked
package io.codeploy.multiquery.systemssh;

import org.jspecify.annotations.NullMarked;
