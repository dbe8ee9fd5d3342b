package io.codeploy.agent.plan;

import io.codeploy.agent.control.Extent;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Symlink;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Some files of a manifest, under other names. */
public final class ManifestPart {
  private final Manifest manifest;
  private final Map<String, String> names;

  private ManifestPart(Manifest manifest, Map<String, String> names) {
    this.manifest = manifest;
    this.names = names;
  }

  /**
   * The manifest of that part alone, with the same list of chunks.
   *
   * @throws IllegalArgumentException if {@code part} is none of {@code manifest}
   */
  public static Manifest of(Manifest manifest, Extent.Part part) {
    Map<String, String> names = new HashMap<>();
    for (Entry entry : manifest.entries()) {
      if (entry.path().value().indexOf('/') < 0) {
        if (names.size() == part.names().size()) {
          throw new IllegalArgumentException("too few names for the manifest's root");
        }
        names.put(entry.path().value(), part.names().get(names.size()));
      }
    }
    if (names.size() != part.names().size()) {
      throw new IllegalArgumentException("too many names for the manifest's root");
    }
    BitSet files = BitSet.valueOf(Base64.getDecoder().decode(part.files()));
    if (files.length() > manifest.entries().size()) {
      throw new IllegalArgumentException("no entry " + (files.length() - 1) + " in the manifest");
    }
    return new ManifestPart(manifest, names).of(files);
  }

  /** Backwards: a parent comes before what is in it, and is wanted because of that. */
  private Manifest of(BitSet files) {
    Set<String> holders = new HashSet<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = manifest.entries().size() - 1; i >= 0; i--) {
      Entry entry = manifest.entries().get(i);
      String path = entry.path().value();
      if (files.get(i) || holders.contains(path)) {
        entries.add(renamed(entry));
        holders.add(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
      }
    }
    entries.sort(Comparator.comparing(Entry::path));
    return new Manifest(manifest.chunks(), entries, manifest.archive());
  }

  private Entry renamed(Entry entry) {
    RelativePath path = renamed(entry.path().value());
    return switch (entry) {
      case Directory directory -> new Directory(path, directory.mode(), directory.mtime());
      case Symlink link -> new Symlink(path, link.target());
      case RegularFile file ->
          new RegularFile(
              path, file.mode(), file.mtime(), file.size(), file.digest(), file.slices());
    };
  }

  private RelativePath renamed(String path) {
    int slash = path.indexOf('/');
    String first = slash < 0 ? path : path.substring(0, slash);
    return new RelativePath(names.get(first) + path.substring(first.length()));
  }
}
