package io.codeploy.chunkcache.manifest;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.CuttingRules;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a delta has brought.
 *
 * @param whole the manifest of the tree
 * @param places where contents of small files begin in the delta's plain bytes
 */
public record Delta(WholeManifest whole, Map<Digest, Integer> places) {
  public Delta {
    Objects.requireNonNull(whole, "whole is null");
    places = Map.copyOf(places);
  }

  /** That of the tree. */
  public Manifest manifest() {
    return whole.manifest();
  }

  /**
   * The same tree with the contents that the delta has taken from there: {@code chunk}, the delta's
   * own, comes after the manifest's chunks.
   */
  public Manifest within(ChunkRef chunk) {
    Manifest manifest = manifest();
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
    Slice slice = new Slice(manifest().chunks().size(), place, (int) file.size());
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
    List<RegularFile> changed = changed(base, target);
    Set<Digest> unknown = changed.stream().map(RegularFile::digest).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      base.files().forEach(file -> unknown.remove(file.digest()));
    }
    return changed.stream()
        .filter(file -> CuttingRules.fate(file.size()) == CuttingRules.Fate.PACKED)
        .filter(file -> unknown.remove(file.digest()))
        .toList();
  }

  /** Few, as a rule: so contents are compared with those of the same paths first. */
  private static List<RegularFile> changed(Manifest base, Manifest target) {
    EntryFinder before = EntryFinder.of(Optional.of(base));
    return target.files().stream()
        .filter(
            file ->
                !(before.find(file.path()).orElse(null) instanceof RegularFile old
                    && old.digest().equals(file.digest())))
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
