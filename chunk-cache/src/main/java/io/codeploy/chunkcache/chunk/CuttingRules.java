package io.codeploy.chunkcache.chunk;

/**
 * How content becomes chunks: all limits in one place. Whoever changes one of them changes {@link
 * #ID}, since two trees are cut alike only under the same rules. The page {@code chunking.md} of
 * {@code docs/formats} describes them.
 */
public final class CuttingRules {
  /** Names this set of rules in a manifest. */
  public static final int ID = 1;

  /** The shortest chunk of a file that is cut, but for its last one: 128 KiB. */
  public static final int MIN_CHUNK_BYTES = 128 << 10;

  /** The length around which chunks of a file that is cut lie: 512 KiB. */
  public static final int AVERAGE_CHUNK_BYTES = 512 << 10;

  /** The longest chunk of a file that is cut: 2 MiB. */
  public static final int MAX_CHUNK_BYTES = 2 << 20;

  /** The shortest file that is cut; also what {@link #MAX_CHUNK_BYTES} is. */
  public static final long CUT_FROM_BYTES = MAX_CHUNK_BYTES;

  /** The shortest file that is not packed with others: 128 KiB. */
  public static final int PACKED_BELOW_BYTES = 128 << 10;

  /** The expected length of a pack: 2 MiB. A power of two. */
  public static final int PACK_TARGET_BYTES = 2 << 20;

  /** The longest pack: 8 MiB. */
  public static final int MAX_PACK_BYTES = ChunkRef.MAX_LENGTH;

  /** What becomes of a file's content. */
  public enum Fate {
    /** There is none. */
    EMPTY,
    /** It shares a chunk with other small files: {@link PackPlanner}. */
    PACKED,
    /** It is one chunk. */
    WHOLE,
    /** It is cut by its content: {@link Chunker}. */
    CUT
  }

  private CuttingRules() {}

  /** What becomes of the content of a file of {@code size} bytes. */
  public static Fate fate(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("negative size " + size);
    }
    if (size == 0) {
      return Fate.EMPTY;
    }
    if (size < PACKED_BELOW_BYTES) {
      return Fate.PACKED;
    }
    return size < CUT_FROM_BYTES ? Fate.WHOLE : Fate.CUT;
  }
}
