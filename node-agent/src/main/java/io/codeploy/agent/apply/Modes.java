package io.codeploy.agent.apply;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Mode bits as numbers and as the JDK has them. */
final class Modes {
  /** By the order of the constants, from the owner's reading to the others' executing. */
  private static final Map<PosixFilePermission, Integer> BITS = nineBits();

  /** {@code rw-------}. */
  static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(permissions(0600));

  /** {@code rwx------}. */
  static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(permissions(0700));

  private Modes() {}

  /** Whether nine bits say it all: neither setuid, nor setgid, nor sticky. */
  static boolean isPlain(int mode) {
    return (mode & 07000) == 0;
  }

  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    BITS.forEach(
        (permission, bit) -> {
          if ((mode & bit) != 0) {
            permissions.add(permission);
          }
        });
    return permissions;
  }

  static int bits(Set<PosixFilePermission> permissions) {
    return permissions.stream().mapToInt(permission -> BITS.getOrDefault(permission, 0)).sum();
  }

  private static Map<PosixFilePermission, Integer> nineBits() {
    Map<PosixFilePermission, Integer> bits = new EnumMap<>(PosixFilePermission.class);
    int bit = 0400;
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      bits.put(permission, bit);
      bit >>= 1;
    }
    return bits;
  }
}
