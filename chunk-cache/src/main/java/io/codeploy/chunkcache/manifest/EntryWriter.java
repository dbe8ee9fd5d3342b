package io.codeploy.chunkcache.manifest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Writes the files' digests, which do not compress, and then the entries, which do. */
final class EntryWriter {
  private final ByteWriter out;
  private final PathWriter paths;
  private long second;
  private int chunk;
  private int offset;

  EntryWriter(ByteWriter out) {
    this.out = out;
    this.paths = new PathWriter(out);
  }

  void write(List<Entry> entries) {
    writeDigests(entries);
    out.writeVarint(entries.size());
    for (Entry entry : entries) {
      writeEntry(entry);
    }
  }

  private void writeDigests(List<Entry> entries) {
    out.writeVarint(entries.stream().filter(RegularFile.class::isInstance).count());
    for (Entry entry : entries) {
      if (entry instanceof RegularFile file) {
        out.writeDigest(file.digest());
      }
    }
  }

  private void writeEntry(Entry entry) {
    EntryKind.of(entry).write(out);
    paths.write(entry.path());
    switch (entry) {
      case Directory directory -> writeAttributes(directory.mode(), directory.mtime());
      case RegularFile file -> {
        writeAttributes(file.mode(), file.mtime());
        writeContent(file);
      }
      case Symlink link -> {
        byte[] target = link.target().getBytes(StandardCharsets.UTF_8);
        out.writeVarint(target.length);
        out.writeBytes(target);
      }
    }
  }

  private void writeAttributes(int mode, Instant mtime) {
    out.writeVarint(mode);
    out.writeSigned(mtime.getEpochSecond() - second);
    out.writeVarint(mtime.getNano());
    second = mtime.getEpochSecond();
  }

  private void writeContent(RegularFile file) {
    out.writeVarint(file.slices().size());
    if (file.slices().isEmpty()) {
      out.writeVarint(file.size());
    }
    for (Slice slice : file.slices()) {
      writeSlice(slice);
    }
  }

  /** Most slices go on where the last one ended, or begin the next chunk: small numbers. */
  private void writeSlice(Slice slice) {
    int expected = slice.chunk() == chunk ? offset : 0;
    out.writeSigned(slice.chunk() - chunk);
    out.writeSigned(slice.offset() - expected);
    out.writeVarint(slice.length());
    chunk = slice.chunk();
    offset = slice.offset() + slice.length();
  }
}
