package io.codeploy.multiquery.ssh.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Who may write a file. An ssh_config names commands that run here as the user, hence the rule of
 * OpenSSH (ssh_config(5), "FILES"): it has to be the user's own or root's, and no one else's to
 * write.
 *
 * @param owner number of the user whom the file belongs to
 */
record Access(String owner, Set<PosixFilePermission> permissions) {
  private static final String ROOT = "0";

  /** Of the file, not of a symbolic link to it. */
  static Access of(Path file) throws IOException {
    return new Access(
        String.valueOf(Files.getAttribute(file, "unix:uid")),
        Files.readAttributes(file, PosixFileAttributes.class).permissions());
  }

  /**
   * @param user our number; where it is not known any owner will do
   * @throws IOException if others may write it; in words for people
   */
  void check(Optional<String> user) throws IOException {
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException("others may write it; take that away with chmod go-w");
    }
    if (user.isPresent() && !user.get().equals(owner) && !owner.equals(ROOT)) {
      throw new IOException(
          "it belongs to user " + owner + ", who may write it; take it over with chown");
    }
  }
}
