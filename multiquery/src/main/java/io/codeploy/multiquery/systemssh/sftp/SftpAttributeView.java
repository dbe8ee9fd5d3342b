package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads attributes, sets permissions and times; what is set is set on what a link leads to. */
record SftpAttributeView(SftpClient client, String path, boolean follow)
    implements PosixFileAttributeView {
  @Override
  public String name() {
    return "posix";
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    return client.attributes(path, follow);
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    client.setPermissions(path, SftpAttributes.bits(permissions));
  }

  @Override
  public void setTimes(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      throws IOException {
    if (modified == null && accessed == null) {
      return;
    }
    PosixFileAttributes old = readAttributes();
    client.setTimes(
        path,
        (accessed == null ? old.lastAccessTime() : accessed).to(TimeUnit.SECONDS),
        (modified == null ? old.lastModifiedTime() : modified).to(TimeUnit.SECONDS));
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) {
    throw new UnsupportedOperationException("owners are not set");
  }

  @Override
  public void setGroup(GroupPrincipal group) {
    throw new UnsupportedOperationException("groups are not set");
  }
}
