package io.codeploy.multiquery.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Bytes in memory. What is beyond a few kilobytes lies in blocks that one output hands on to the
 * next. Else each of many nodes would leave its megabyte to the collector, which rather has the
 * heap grow to the most that it may be. For one thread at a time, but for {@code spare}.
 */
final class Blocks {
  private static final int HEAD_BYTES = 16 << 10;
  private static final int BLOCK_BYTES = 64 << 10;

  private final Queue<byte[]> spare;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final List<byte[]> blocks = new ArrayList<>(0);

  /** Bytes in the blocks; all but the last one are full. */
  private int beyond;

  /** None so far, with blocks from {@code spare}, which outputs of any thread may share. */
  Blocks(Queue<byte[]> spare) {
    this.spare = spare;
  }

  int size() {
    return head.size() + beyond;
  }

  void append(byte[] bytes, int offset, int count) {
    int toHead = Math.min(count, HEAD_BYTES - head.size());
    head.write(bytes, offset, toHead);
    int end = offset + count;
    for (int at = offset + toHead; at < end; ) {
      int used = beyond % BLOCK_BYTES;
      if (used == 0) {
        byte[] block = spare.poll();
        blocks.add(block == null ? new byte[BLOCK_BYTES] : block);
      }
      int step = Math.min(end - at, BLOCK_BYTES - used);
      System.arraycopy(bytes, at, blocks.get(blocks.size() - 1), used, step);
      beyond += step;
      at += step;
    }
  }

  void writeTo(OutputStream out) throws IOException {
    head.writeTo(out);
    int left = beyond;
    for (byte[] block : blocks) {
      int length = Math.min(left, BLOCK_BYTES);
      out.write(block, 0, length);
      left -= length;
    }
  }

  /** A copy of them all. */
  byte[] toByteArray() {
    byte[] all = new byte[size()];
    byte[] first = head.toByteArray();
    System.arraycopy(first, 0, all, 0, first.length);
    int at = first.length;
    for (byte[] block : blocks) {
      int length = Math.min(all.length - at, BLOCK_BYTES);
      System.arraycopy(block, 0, all, at, length);
      at += length;
    }
    return all;
  }

  /** None again; the blocks are for others. */
  void clear() {
    head.reset();
    spare.addAll(blocks);
    blocks.clear();
    beyond = 0;
  }
}
