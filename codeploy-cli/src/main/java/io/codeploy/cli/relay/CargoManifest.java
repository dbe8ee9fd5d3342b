package io.codeploy.cli.relay;

import io.codeploy.agent.control.Extent;
import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.cli.scan.ListedFile;
import io.codeploy.cli.scan.ListedScan;
import io.codeploy.cli.scan.ListedScan.Scanned;
import io.codeploy.cli.scan.ScanException;
import io.codeploy.multicopy.relay.Cargo;
import io.codeploy.multicopy.relay.Parcel;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multicopy.source.SourceTree;
import io.codeploy.multicopy.source.Wire;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cargo as a manifest: each source is an entry at its root, named by the source's number; below
 * it are the files and directories that were listed. Links are not carried.
 */
final class CargoManifest {
  /** A directory is one of the stage's until it is in its place. */
  private static final int DIRECTORY_MODE = 0700;

  private final Scanned scanned;
  private final List<SourceTree> trees;
  private final Map<String, Integer> indexes = new HashMap<>();

  private CargoManifest(Scanned scanned, List<SourceTree> trees) {
    this.scanned = scanned;
    this.trees = trees;
    for (Entry entry : scanned.manifest().entries()) {
      indexes.put(entry.path().value(), indexes.size());
    }
  }

  /**
   * Reads what is not known of the cargo's files, and tells the run their digests.
   *
   * @throws ScanException also where a name cannot be in a manifest
   */
  static CargoManifest of(Cargo cargo, ListedScan scan)
      throws ScanException, IOException, InterruptedException {
    List<SourceTree> trees = cargo.trees();
    List<Directory> directories = new ArrayList<>();
    List<ListedFile> files = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    try {
      for (int i = 0; i < trees.size(); i++) {
        name.append(trees.get(i).root().path().toAbsolutePath()).append('\0');
        add(i, trees.get(i), directories, files);
      }
    } catch (IllegalArgumentException e) {
      throw new ScanException(String.valueOf(e.getMessage()), e);
    }
    CargoManifest manifest =
        new CargoManifest(scan.scan(name.toString(), directories, files), trees);
    manifest.tellDigests(cargo);
    return manifest;
  }

  Scanned scanned() {
    return scanned;
  }

  /**
   * What {@code parcels} are of it.
   *
   * @throws ScanException if a name is no text
   */
  Extent.Part part(List<Parcel> parcels) throws ScanException {
    List<String> names = new ArrayList<>();
    for (SourceTree tree : trees) {
      names.add(text(tree.name()));
    }
    BitSet wanted = new BitSet(indexes.size());
    for (Parcel parcel : parcels) {
      names.set(parcel.number(), text(parcel.name()));
      parcel.files().stream()
          .forEach(i -> wanted.set(index(path(parcel.number(), parcel.tree().entries().get(i)))));
    }
    return new Extent.Part(names, Base64.getEncoder().encodeToString(wanted.toByteArray()));
  }

  private int index(String path) {
    Integer index = indexes.get(path);
    if (index == null) {
      throw new IllegalStateException("not in the cargo: " + path);
    }
    return index;
  }

  private static void add(
      int number, SourceTree tree, List<Directory> directories, List<ListedFile> files)
      throws ScanException {
    for (SourceEntry entry : tree.entries()) {
      text(entry.name());
      Instant changed = Instant.ofEpochSecond(entry.seconds(), entry.nanos());
      switch (entry.kind()) {
        case DIRECTORY ->
            directories.add(
                new Directory(new RelativePath(path(number, entry)), DIRECTORY_MODE, changed));
        case FILE ->
            files.add(
                new ListedFile(
                    new RelativePath(path(number, entry)),
                    entry.path(),
                    entry.mode(),
                    entry.size(),
                    changed));
        case LINK -> {}
      }
    }
  }

  /** Numbers of one length are in the order of a manifest. */
  private static String path(int number, SourceEntry entry) {
    String root = "%06d".formatted(number);
    return entry.name().isEmpty() ? root : root + "/" + Wire.text(entry.name());
  }

  private static String text(String wire) throws ScanException {
    String text = Wire.text(wire);
    if (!Wire.of(text).equals(wire)) {
      throw new ScanException("a name that is no text: " + text);
    }
    return text;
  }

  private void tellDigests(Cargo cargo) {
    Map<String, RegularFile> files = new HashMap<>();
    scanned.manifest().files().forEach(file -> files.put(file.path().value(), file));
    for (int i = 0; i < trees.size(); i++) {
      for (SourceEntry entry : trees.get(i).entries()) {
        RegularFile file = files.get(path(i, entry));
        if (file != null) {
          cargo.sources().known(entry, file.digest().toString());
        }
      }
    }
  }
}
