/** Keys to log in with: files, ssh-agent, and the order in which they are tried on a host. */
@NullMarked
package io.codeploy.multiquery.ssh.key;

import org.jspecify.annotations.NullMarked;
