package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a delta has brought.
 *
 * @param manifest that of the tree
 * @param places where contents of small files begin in the delta's plain bytes
 */
public record Delta(Manifest manifest, Map<Digest, Integer> places) {
  public Delta {
    Objects.requireNonNull(manifest, "manifest is null");
    places = Map.copyOf(places);
  }

  /**
   * The same tree with the contents that the delta has taken from there: {@code chunk}, the delta's
   * own, comes after the manifest's chunks.
   */
  public Manifest within(ChunkRef chunk) {
    if (places.isEmpty()) {
      return manifest;
    }
    List<ChunkRef> chunks = new ArrayList<>(manifest.chunks());
    chunks.add(chunk);
    List<Entry> entries = new ArrayList<>(manifest.entries());
    entries.replaceAll(entry -> entry instanceof RegularFile file ? moved(file) : entry);
    return new Manifest(chunks, entries, manifest.archive());
  }

  private RegularFile moved(RegularFile file) {
    Integer place = places.get(file.digest());
    if (place == null) {
      return file;
    }
    Slice slice = new Slice(manifest.chunks().size(), place, (int) file.size());
    return new RegularFile(
        file.path(), file.mode(), file.mtime(), file.size(), file.digest(), List.of(slice));
  }

  /**
   * The files whose contents a delta carries, one for each content: those that would come in packs
   * and whose content no file of {@code base} has. None where content travels as an archive.
   */
  static List<RegularFile> carried(Manifest base, Manifest target) {
    if (!target.archive().isEmpty()) {
      return List.of();
    }
    Set<Digest> known = new HashSet<>();
    base.files().forEach(file -> known.add(file.digest()));
    return target.files().stream()
        .filter(file -> CuttingRules.fate(file.size()) == CuttingRules.Fate.PACKED)
        .filter(file -> known.add(file.digest()))
        .toList();
  }

  /** Where the contents of {@code files} lie when they begin at {@code first}, end to end. */
  static Map<Digest, Integer> places(List<RegularFile> files, int first) {
    Map<Digest, Integer> places = HashMap.newHashMap(files.size());
    long at = first;
    for (RegularFile file : files) {
      places.put(file.digest(), Math.toIntExact(at));
      at += file.size();
    }
    return places;
  }
}
