package io.codeploy.agent.apply;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.manifest.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * What a deployment that was cut off has left in the stage. Chunks are verified where they lie and
 * stay there; a file that is made of parts of chunks is taken as a whole or not at all. All else
 * becomes zeros again, since what is fetched leaves out blocks of zeros.
 */
final class LeftOver {
  private final Stage stage;
  private final List<ChunkRef> chunks;
  private final ProgressMeter progress;

  /**
   * @param chunks of the manifest that is deployed now
   */
  LeftOver(Stage stage, List<ChunkRef> chunks, ProgressMeter progress) {
    this.stage = stage;
    this.chunks = chunks;
    this.progress = progress;
  }

  /** Takes what is of use for {@code files}; an error at a file makes it begin anew. */
  void fill(StagedFiles files) throws IOException {
    for (StagedFile file : files.all()) {
      if (stage.hasLeft(file.name()) && file.filling()) {
        try {
          fill(files, file);
        } catch (IOException e) {
          Interruption.rethrow(e);
          file.restart();
        }
      }
    }
  }

  private void fill(StagedFiles files, StagedFile file) throws IOException {
    // Its last step may have given it a mode under which nobody opens it.
    stage.folder().setMode(file.name(), 0600);
    try (FileChannel channel = stage.open(file.name())) {
      channel.truncate(file.file().size());
      if (isOfWholeChunks(file)) {
        fillByChunks(files, file, channel);
      } else if (file.foundWhole(channel)) {
        progress.add(file.file().size());
      } else {
        channel.truncate(0);
      }
    }
  }

  private boolean isOfWholeChunks(StagedFile file) {
    List<Slice> slices = file.file().slices();
    return !slices.isEmpty()
        && slices.stream().allMatch(s -> s.length() == chunks.get(s.chunk()).plainLength());
  }

  private void fillByChunks(StagedFiles files, StagedFile file, FileChannel channel)
      throws IOException {
    long offset = 0;
    for (Slice slice : file.file().slices()) {
      // What was put meanwhile has been written here, too.
      if (!files.has(slice.chunk())) {
        ByteBuffer plain = Pieces.read(channel, offset, slice.length());
        if (Digest.of(plain).equals(chunks.get(slice.chunk()).plain())) {
          files.found(slice.chunk(), plain, file, channel, offset);
          progress.add(slice.length());
        } else {
          blank(channel, offset, plain);
        }
      }
      offset += slice.length();
    }
  }

  private static void blank(FileChannel channel, long offset, ByteBuffer there) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(there.remaining());
    if (!there.equals(zeros)) {
      for (long at = offset; zeros.hasRemaining(); ) {
        at += channel.write(zeros, at);
      }
    }
  }
}
