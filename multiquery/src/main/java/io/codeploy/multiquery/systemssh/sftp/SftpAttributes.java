package io.codeploy.multiquery.systemssh.sftp;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells of a file; 0 for what it does not.
 *
 * @param mode type and permission bits, as in POSIX
 * @param accessed seconds since 1970
 * @param modified likewise
 */
record SftpAttributes(long size, int uid, int gid, int mode, long accessed, long modified)
    implements PosixFileAttributes {
  static final int SIZE = 1;
  static final int OWNER = 2;
  static final int PERMISSIONS = 4;
  static final int TIMES = 8;
  private static final int EXTENDED = 0x8000_0000;

  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;

  /** In the order of their bits, the lowest first. */
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  static SftpAttributes read(SftpReply reply) throws IOException {
    int flags = reply.number();
    long size = (flags & SIZE) == 0 ? 0 : reply.longNumber();
    boolean owned = (flags & OWNER) != 0;
    int uid = owned ? reply.number() : 0;
    int gid = owned ? reply.number() : 0;
    int mode = (flags & PERMISSIONS) == 0 ? 0 : reply.number();
    boolean timed = (flags & TIMES) != 0;
    long accessed = timed ? Integer.toUnsignedLong(reply.number()) : 0;
    long modified = timed ? Integer.toUnsignedLong(reply.number()) : 0;
    for (int left = (flags & EXTENDED) == 0 ? 0 : reply.number(); left > 0; left--) {
      reply.data();
      reply.data();
    }
    return new SftpAttributes(size, uid, gid, mode, accessed, modified);
  }

  static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (int i = 0; i < BITS.length; i++) {
      bits |= permissions.contains(BITS[i]) ? 1 << i : 0;
    }
    return bits;
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.length; i++) {
      if ((mode >> i & 1) != 0) {
        permissions.add(BITS[i]);
      }
    }
    return permissions;
  }

  /** Somebody known by a number only. */
  private record Numbered(int number) implements GroupPrincipal {
    @Override
    public String getName() {
      return Integer.toUnsignedString(number);
    }
  }

  @Override
  public UserPrincipal owner() {
    return new Numbered(uid);
  }

  @Override
  public GroupPrincipal group() {
    return new Numbered(gid);
  }

  @Override
  public FileTime lastModifiedTime() {
    return FileTime.from(modified, TimeUnit.SECONDS);
  }

  @Override
  public FileTime lastAccessTime() {
    return FileTime.from(accessed, TimeUnit.SECONDS);
  }

  @Override
  public FileTime creationTime() {
    return lastModifiedTime();
  }

  @Override
  public boolean isRegularFile() {
    return (mode & TYPE) == REGULAR;
  }

  @Override
  public boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  @Override
  public boolean isSymbolicLink() {
    return (mode & TYPE) == LINK;
  }

  @Override
  public boolean isOther() {
    return !isRegularFile() && !isDirectory() && !isSymbolicLink();
  }

  @Override
  public @Nullable Object fileKey() {
    return null;
  }
}
