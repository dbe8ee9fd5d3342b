package io.codeploy.chunkcache.proxy;

/**
 * How a file is cut.
 *
 * @param length of the file in bytes, at least 1
 */
record RangePlan(long length) {
  static final int RANGE_BYTES = 1 << 20;

  RangePlan {
    if (length < 1) {
      throw new IllegalArgumentException("a file of " + length + " bytes has no ranges");
    }
  }

  long count() {
    return (length - 1) / RANGE_BYTES + 1;
  }

  /** The range that holds the byte at {@code offset}. */
  long indexAt(long offset) {
    return offset / RANGE_BYTES;
  }

  long first(long index) {
    return index * RANGE_BYTES;
  }

  /** The offset of the range's last byte. */
  long last(long index) {
    return first(index) + bytes(index) - 1;
  }

  int bytes(long index) {
    if (index < 0 || index >= count()) {
      throw new IndexOutOfBoundsException("range " + index + " of " + count());
    }
    return (int) Math.min(RANGE_BYTES, length - first(index));
  }
}
