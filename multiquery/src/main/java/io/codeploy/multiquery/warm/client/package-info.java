/**
 * The port {@code connect} over a keeper's connections, for {@code --persist}.
 *
 * <p>Read {@link io.codeploy.multiquery.warm.client.KeeperConnector} first. {@code Keepers} finds
 * the keeper or starts it, {@code Fingerprint} says which one. Depends on {@code warm}, {@code
 * warm.wire}, {@code socket}, {@code connect}, {@code node}, {@code fanout}, {@code ssh.config}
 * (for {@code Person}), {@code ssh.call} and {@code systemssh.sftp}.
 */
@NullMarked
package io.codeploy.multiquery.warm.client;

import org.jspecify.annotations.NullMarked;
