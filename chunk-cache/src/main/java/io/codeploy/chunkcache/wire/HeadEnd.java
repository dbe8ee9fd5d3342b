package io.codeploy.chunkcache.wire;

import java.util.OptionalInt;

/**
 * Looks for the end of one head while its bytes come, at each of them once, however few come at a
 * time. Used by one thread.
 */
final class HeadEnd {
  private int next;

  /** Where {@link HeadFields#END} is in the first {@code length} bytes, which only become more. */
  OptionalInt find(byte[] bytes, int length) {
    while (next + HeadFields.END.length() <= length) {
      if (isAt(bytes, next)) {
        return OptionalInt.of(next);
      }
      next++;
    }
    return OptionalInt.empty();
  }

  private static boolean isAt(byte[] bytes, int at) {
    for (int i = 0; i < HeadFields.END.length(); i++) {
      if (bytes[at + i] != HeadFields.END.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
