/**
 * SFTP version 3 (draft-ietf-secsh-filexfer-02, and {@code posix-rename@openssh.com}) over a pair
 * of byte streams, as a {@code java.nio.file.FileSystem}. {@code SftpWire} carries packets, {@code
 * SftpClient} has a method for each request, the rest is what the JDK wants to see. For one thread
 * at a time. Depends on {@code connect}, {@code node} and {@code ssh.call}.
 */
@NullMarked
package io.codeploy.multiquery.systemssh.sftp;

import org.jspecify.annotations.NullMarked;
