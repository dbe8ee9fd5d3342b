package io.codeploy.multiquery.spill;

import io.codeploy.multiquery.connect.ArrayInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Bytes in a {@link SpillFile}: added to by one thread at a time, read by any number at once. */
public final class Spill implements AutoCloseable {
  private final SpillFile file;
  private final List<Integer> blocks = new ArrayList<>();
  private long length;

  /** An empty one in {@code file}. */
  public Spill(SpillFile file) {
    this.file = file;
  }

  /** Bytes so far. */
  public long length() {
    return length;
  }

  /** Adds some. After a failure it holds what it held before. */
  public void append(byte[] bytes, int offset, int count) throws IOException {
    long end = length;
    for (int done = 0; done < count; ) {
      int at = (int) (end % SpillFile.BLOCK_BYTES);
      int block = (int) (end / SpillFile.BLOCK_BYTES);
      if (block == blocks.size()) {
        blocks.add(file.take());
      }
      int piece = Math.min(count - done, SpillFile.BLOCK_BYTES - at);
      file.write(blocks.get(block), at, bytes, offset + done, piece);
      done += piece;
      end += piece;
    }
    length = end;
  }

  /** What was added up to now; needs no closing. */
  public InputStream open() {
    return new Bytes(file, List.copyOf(blocks), length);
  }

  /** Gives the space back; the bytes are gone. */
  @Override
  public void close() throws IOException {
    file.giveBack(blocks);
    blocks.clear();
    length = 0;
  }

  private static final class Bytes extends ArrayInput {
    private final SpillFile file;
    private final List<Integer> blocks;
    private final long end;
    private long position;

    Bytes(SpillFile file, List<Integer> blocks, long end) {
      this.file = file;
      this.blocks = blocks;
      this.end = end;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, bytes.length);
      if (position == end) {
        return count == 0 ? 0 : -1;
      }
      int at = (int) (position % SpillFile.BLOCK_BYTES);
      int block = blocks.get((int) (position / SpillFile.BLOCK_BYTES));
      int piece = (int) Math.min(Math.min(count, SpillFile.BLOCK_BYTES - at), end - position);
      file.read(block, at, bytes, offset, piece);
      position += piece;
      return piece;
    }
  }
}
