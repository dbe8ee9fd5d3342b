package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.manifest.ChunkUses.Use;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Chunks as ranges of the tree's own files. */
record TreeFileBytes(Places places) implements ChunkBytes {
  /** Where files of the manifest are on disk. */
  @FunctionalInterface
  interface Places {
    Path of(RelativePath path);
  }

  @Override
  public ByteBuffer read(int index, ChunkRef chunk, List<Use> uses) throws IOException {
    byte[] content = new byte[chunk.plainLength()];
    List<Use> parts = cover(uses);
    List<RelativePath> unreadable = new ArrayList<>();
    for (Use part : parts) {
      try {
        FileRange.read(places.of(part.file().path()), part.fileOffset(), into(content, part));
      } catch (IOException e) {
        unreadable.add(part.file().path());
      }
    }
    if (!unreadable.isEmpty()) {
      throw new ServedFileChangedException(unreadable);
    }
    if (!ChunkBytes.matches(chunk, content)) {
      throw new ServedFileChangedException(suspects(parts));
    }
    return ByteBuffer.wrap(content);
  }

  /** One use for each byte of the chunk: of files with the same content the first. */
  private static List<Use> cover(List<Use> uses) {
    List<Use> cover = new ArrayList<>();
    int covered = 0;
    for (Use use : uses) {
      if (use.chunkOffset() == covered) {
        cover.add(use);
        covered += use.length();
      }
    }
    return cover;
  }

  private static ByteBuffer into(byte[] content, Use part) {
    return ByteBuffer.wrap(content, part.chunkOffset(), part.length());
  }

  /** The files whose size or mtime moved; all of them if that does not tell. */
  private List<RelativePath> suspects(List<Use> parts) {
    List<RelativePath> all = parts.stream().map(part -> part.file().path()).distinct().toList();
    List<RelativePath> moved =
        parts.stream()
            .map(Use::file)
            .filter(this::moved)
            .map(RegularFile::path)
            .distinct()
            .toList();
    return moved.isEmpty() ? all : moved;
  }

  private boolean moved(RegularFile file) {
    try {
      FileStamp now = FileStamp.of(places.of(file.path()));
      return now.size() != file.size() || !now.mtime().equals(file.mtime());
    } catch (IOException e) {
      return true;
    }
  }
}
