package io.codeploy.cli.scan;

import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.Pack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The contents of one tree's files: what the cache knows of them and what has to be read. Its steps
 * are called once each, in order, by one thread, and work in parallel inside.
 */
final class TreeContents {
  private final Delivery delivery;
  private final ScanCache cache;
  private final ContentReader reader;
  private final Parallel parallel;

  /** What this scan read, by path; kept also when a later file cannot be read. */
  private final Map<String, KnownFile> freshFiles = new ConcurrentHashMap<>();

  private final Map<Digest, KnownPack> freshPacks = new ConcurrentHashMap<>();
  private List<ReadFile> files = List.of();
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
    List<Optional<KnownFile>> known = found.stream().map(this::cached).toList();
    List<FoundFile> unknown =
        IntStream.range(0, found.size())
            .filter(i -> known.get(i).isEmpty())
            .mapToObj(found::get)
            .toList();
    Iterator<KnownFile> read = parallel.map(unknown, this::read).iterator();
    List<ReadFile> all = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      all.add(new ReadFile(found.get(i), known.get(i).orElseGet(read::next)));
    }
    files = all;
  }

  /** Groups the small files and makes a chunk of each group, unless they go into an archive. */
  void makePacks() throws ChangedFileException, ScanException, InterruptedException {
    if (delivery == Delivery.ARCHIVE) {
      return;
    }
    packed = PackedFiles.plan(smallFiles());
    packs = parallel.map(packed.packs(), this::makePack);
  }

  /** Makes the archive of all files, unless it is there. */
  void makeArchive(ArchiveFiles archives) throws IOException, InterruptedException {
    archive = Optional.of(archives.make(files, cache.archive()));
  }

  /** In the tree's order. */
  List<ReadFile> files() {
    return files;
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

  /** Whether there is anything that the cache does not have yet, or has to no purpose. */
  boolean hasNews() {
    return !freshFiles.isEmpty()
        || !freshPacks.isEmpty()
        || files.size() != cache.files().size()
        || !archive.map(ArchiveFile::known).or(cache::archive).equals(cache.archive());
  }

  /** All that the next scan may want to know. */
  ScanCache learnt() {
    // In the order that they had, which spares whoever writes them most of the sorting.
    Map<String, KnownFile> known = new LinkedHashMap<>(cache.files());
    known.putAll(freshFiles);
    if (!files.isEmpty() && known.size() != files.size()) {
      known
          .keySet()
          .retainAll(
              files.stream().map(file -> file.found().path().value()).collect(Collectors.toSet()));
    }
    Map<Digest, KnownPack> knownPacks = new HashMap<>(cache.packs());
    if (!packs.isEmpty()) {
      knownPacks.keySet().retainAll(packed.keys());
    }
    knownPacks.putAll(freshPacks);
    return new ScanCache(known, knownPacks, archive.map(ArchiveFile::known).or(cache::archive));
  }

  private Optional<KnownFile> cached(FoundFile file) {
    return cache.lookup(file).filter(hit -> hit.serves(delivery));
  }

  private KnownFile read(FoundFile file) throws ChangedFileException, ScanException {
    KnownFile known = reader.read(file.file());
    freshFiles.put(file.path().value(), known);
    return known;
  }

  private List<SmallFile> smallFiles() {
    Set<Digest> seen = new HashSet<>();
    List<SmallFile> small = new ArrayList<>();
    for (ReadFile file : files) {
      KnownFile content = file.known();
      long size = content.stamp().size();
      if (CuttingRules.fate(size) == CuttingRules.Fate.PACKED && seen.add(content.digest())) {
        small.add(new SmallFile(file.found().file(), content.digest(), (int) size));
      }
    }
    return small;
  }

  private KnownPack makePack(Pack pack) throws ChangedFileException, ScanException {
    Digest key = packed.key(pack);
    Optional<KnownPack> cached =
        Optional.ofNullable(cache.packs().get(key)).filter(hit -> hit.cut().serves(delivery));
    if (cached.isPresent()) {
      return cached.get();
    }
    ByteBuffer content = ByteBuffer.wrap(packed.read(pack, reader));
    KnownPack made = new KnownPack(reader.cut(), reader.chunk(content));
    freshPacks.put(key, made);
    return made;
  }
}
