package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The inverse of a manifest: where each chunk goes. Holds 16 bytes a slice and 8 a chunk beside the
 * manifest itself; a {@link Use} is made when it is asked for. Immutable; safe for use by many
 * threads.
 */
public final class ChunkUses {
  /**
   * A run of plain bytes of a chunk that belongs into a file.
   *
   * @param fileOffset of its first byte within the file
   * @param chunkOffset of its first byte within the plain chunk
   * @param length in bytes
   */
  public record Use(RegularFile file, long fileOffset, int chunkOffset, int length) {}

  private final List<ChunkRef> chunks;
  private final List<RegularFile> files;

  /** The uses of chunk {@code c} are those from {@code firstUse[c]} to {@code firstUse[c + 1]}. */
  private final int[] firstUse;

  private final int[] useFile;
  private final int[] useSlice;
  private final long[] useFileOffset;

  /** Chunk indexes in the order of transported digests. */
  private final int[] byTransported;

  private ChunkUses(List<ChunkRef> chunks, List<RegularFile> files) {
    this.chunks = chunks;
    this.files = files;
    firstUse = countUses(chunks.size(), files);
    int uses = firstUse[chunks.size()];
    useFile = new int[uses];
    useSlice = new int[uses];
    useFileOffset = new long[uses];
    fillUses();
    byTransported =
        IntStream.range(0, chunks.size())
            .boxed()
            .sorted(Comparator.comparing(index -> chunks.get(index).transported()))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** The uses of the chunks of {@code manifest}; none where content travels as an archive. */
  public static ChunkUses of(Manifest manifest) {
    return new ChunkUses(manifest.chunks(), manifest.files());
  }

  /** The same for some {@code files} of {@code manifest}, as if it had no others. */
  public static ChunkUses of(Manifest manifest, List<RegularFile> files) {
    return new ChunkUses(manifest.chunks(), List.copyOf(files));
  }

  /** Where the chunk of this index goes, in the order of the manifest. */
  public List<Use> of(int chunkIndex) {
    int first = firstUse[chunkIndex];
    int count = firstUse[chunkIndex + 1] - first;
    return new AbstractList<>() {
      @Override
      public Use get(int index) {
        return use(first + Objects.checkIndex(index, count));
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /** The index of a chunk with this transported digest; the lowest if there are several. */
  public Optional<Integer> indexOf(Digest transported) {
    int low = 0;
    int high = byTransported.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (chunks.get(byTransported[middle]).transported().compareTo(transported) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < byTransported.length
            && chunks.get(byTransported[low]).transported().equals(transported)
        ? Optional.of(byTransported[low])
        : Optional.empty();
  }

  private Use use(int index) {
    RegularFile file = files.get(useFile[index]);
    Slice slice = file.slices().get(useSlice[index]);
    return new Use(file, useFileOffset[index], slice.offset(), slice.length());
  }

  private static int[] countUses(int chunkCount, List<RegularFile> files) {
    int[] first = new int[chunkCount + 1];
    for (RegularFile file : files) {
      file.slices().forEach(slice -> first[slice.chunk() + 1]++);
    }
    for (int chunk = 0; chunk < chunkCount; chunk++) {
      first[chunk + 1] += first[chunk];
    }
    return first;
  }

  private void fillUses() {
    int[] next = firstUse.clone();
    for (int f = 0; f < files.size(); f++) {
      List<Slice> slices = files.get(f).slices();
      long fileOffset = 0;
      for (int s = 0; s < slices.size(); s++) {
        Slice slice = slices.get(s);
        int use = next[slice.chunk()]++;
        useFile[use] = f;
        useSlice[use] = s;
        useFileOffset[use] = fileOffset;
        fileOffset += slice.length();
      }
    }
  }
}
