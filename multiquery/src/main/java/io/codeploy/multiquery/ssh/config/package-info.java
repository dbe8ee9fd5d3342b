/**
 * ssh_config, and what holds for one host once node list, settings and ssh_config are put together.
 *
 * <p>{@code SshConfigReader} reads files into an {@code SshConfig}, {@code HostSettingsResolver}
 * asks it per host. Knows nothing of a library: what is decided here is a value that {@code ssh}
 * carries out.
 */
@NullMarked
package io.codeploy.multiquery.ssh.config;

import org.jspecify.annotations.NullMarked;
