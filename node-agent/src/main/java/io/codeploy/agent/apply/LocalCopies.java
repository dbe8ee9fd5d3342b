package io.codeploy.agent.apply;

import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Fills files whose content lies elsewhere below the root, such as renamed ones, from there. What
 * does not verify is left for the network.
 */
final class LocalCopies {
  private static final int BUFFER_BYTES = 16 * Holes.BLOCK_BYTES;

  private final Folders folders;
  private final ProgressMeter progress;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  LocalCopies(Folders folders, ProgressMeter progress) {
    this.folders = folders;
    this.progress = progress;
  }

  void fill(StagedFiles files) throws IOException {
    for (StagedFile file : files.all()) {
      if (file.change().copyOf().isPresent() && file.filling()) {
        fill(file, file.change().copyOf().get());
      }
    }
  }

  private void fill(StagedFile file, RelativePath source) throws IOException {
    try {
      copy(file, Path.of(source.value()));
      progress.add(file.verified() ? file.file().size() : 0);
    } catch (IOException e) {
      Interruption.rethrow(e);
    }
    if (!file.verified()) {
      file.restart();
    }
  }

  private void copy(StagedFile file, Path source) throws IOException {
    try (FileChannel from = folders.read(source)) {
      file.copy(from, buffer);
    }
  }
}
