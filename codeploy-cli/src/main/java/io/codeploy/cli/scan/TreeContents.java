package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Pack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contents of one tree's files: what the cache knows of them and what has to be read. Its steps
 * are called once each, in order, by one thread, and work in parallel inside.
 */
final class TreeContents {
  private final Delivery delivery;
  private final ScanCache cache;
  private final ContentReader reader;
  private final Parallel parallel;

  private final Map<String, KnownFile> known = new ConcurrentHashMap<>();
  private final Map<Digest, KnownPack> knownPacks = new ConcurrentHashMap<>();
  private List<FoundFile> files = List.of();
  private PackedFiles packed = PackedFiles.plan(List.of());
  private List<KnownPack> packs = List.of();
  private Optional<ArchiveFile> archive = Optional.empty();

  TreeContents(Delivery delivery, ScanCache cache, ContentReader reader, Parallel parallel) {
    this.delivery = delivery;
    this.cache = cache;
    this.reader = reader;
    this.parallel = parallel;
  }

  /** Gets to know every file, from the cache or by reading it. */
  void readFiles(List<FoundFile> found)
      throws ChangedFileException, ScanException, InterruptedException {
    files = found;
    List<FoundFile> unknown = new ArrayList<>();
    for (FoundFile file : found) {
      Optional<KnownFile> cached = cache.lookup(file);
      cached.ifPresent(hit -> known.put(file.path().value(), hit));
      if (cached.filter(hit -> hit.serves(delivery)).isEmpty()) {
        unknown.add(file);
      }
    }
    List<KnownFile> read = parallel.map(unknown, file -> learn(file, reader.read(file.file())));
    assert read.size() == unknown.size();
  }

  /** Groups the small files and makes a chunk of each group, unless they go into an archive. */
  void makePacks() throws ChangedFileException, ScanException, InterruptedException {
    if (delivery == Delivery.ARCHIVE) {
      knownPacks.putAll(cache.packs());
      return;
    }
    packed = PackedFiles.plan(smallFiles());
    packs = parallel.map(packed.packs(), this::makePack);
  }

  /** Makes the archive of all files, unless it is there. */
  void makeArchive(ArchiveFiles archives) throws IOException, InterruptedException {
    archive = Optional.of(archives.make(files, this::known, cache.archive()));
  }

  List<FoundFile> files() {
    return files;
  }

  KnownFile known(FoundFile file) {
    return Optional.ofNullable(known.get(file.path().value()))
        .orElseThrow(() -> new IllegalStateException("not read: " + file.path()));
  }

  Delivery delivery() {
    return delivery;
  }

  PackedFiles.Place place(Digest content) {
    return packed.place(content);
  }

  KnownPack pack(int index) {
    return packs.get(index);
  }

  Optional<ArchiveFile> archive() {
    return archive;
  }

  long bytesRead() {
    return reader.bytesRead();
  }

  /** All that the next scan may want to know. */
  ScanCache learnt() {
    Optional<KnownArchive> made = archive.map(ArchiveFile::known);
    return new ScanCache(new TreeMap<>(known), new TreeMap<>(knownPacks), made.or(cache::archive));
  }

  private KnownFile learn(FoundFile file, KnownFile content) {
    known.put(file.path().value(), content);
    return content;
  }

  private List<SmallFile> smallFiles() {
    Set<Digest> seen = new HashSet<>();
    List<SmallFile> small = new ArrayList<>();
    for (FoundFile file : files) {
      KnownFile content = known(file);
      long size = content.stamp().size();
      if (CuttingRules.fate(size) == CuttingRules.Fate.PACKED && seen.add(content.digest())) {
        small.add(new SmallFile(file.file(), content.digest(), (int) size));
      }
    }
    return small;
  }

  private KnownPack makePack(Pack pack) throws ChangedFileException, ScanException {
    Digest key = packed.key(pack);
    Optional<KnownPack> cached =
        Optional.ofNullable(cache.packs().get(key)).filter(hit -> hit.cut().serves(delivery));
    KnownPack made =
        cached.isPresent()
            ? cached.get()
            : new KnownPack(reader.cut(), reader.chunk(ByteBuffer.wrap(packed.read(pack, reader))));
    knownPacks.put(key, made);
    return made;
  }
}
