package io.codeploy.cli.origin;

import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.origin.FileKind;
import io.codeploy.cli.scan.ScannedTree;
import io.codeploy.cli.scan.SettableTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A directory at the tree's root with what a web server would not give under its own name; nodes
 * find it by the names in {@code docs/formats/http.md}. Everything in it may be read by everybody
 * who knows its name, listed and executed by nobody. The root's mtime is put back after each
 * change.
 */
final class OfferedCopies implements AutoCloseable {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx--x--x");

  private final Path root;
  private final Path dir;

  private OfferedCopies(Path root, Path dir) {
    this.root = root;
    this.dir = dir;
  }

  /** Makes the directory {@code name} at the root of {@code tree}, with an owner's mark in it. */
  static OfferedCopies create(ScannedTree tree, String name) throws IOException {
    Path dir = tree.dir().resolve(name);
    OfferedCopies copies = new OfferedCopies(tree.dir(), dir);
    KeptMtime.during(tree.dir(), () -> Files.createDirectory(dir));
    try {
      Files.setPosixFilePermissions(dir, DIRECTORY);
      copies.write(OwnerMark.FILE_NAME, OwnerMark.own().bytes());
    } catch (IOException e) {
      copies.close();
      throw e;
    }
    return copies;
  }

  /** Where the file {@code name} of it is. */
  Path file(String name) {
    return dir.resolve(name);
  }

  /** Offers the manifest, and the archive if there is one. */
  void offerManifest(ScannedTree tree) throws IOException {
    for (EncodedChunk chunk : tree.encodedManifest().chunks()) {
      write("m-" + chunk.ref().transported(), chunk.transported().duplicate());
    }
    if (tree.archive().isPresent()) {
      copy(tree.archive().get(), "archive");
    }
  }

  /**
   * Offers the files of {@code kinds}.
   *
   * @throws IOException if one of them changed since the scan or is not for everybody; names it
   */
  void offerFiles(ScannedTree tree, Set<String> kinds) throws IOException, InterruptedException {
    for (RegularFile file : tree.manifest().files()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while copying " + file.path());
      }
      if (file.size() > 0 && kinds.contains(FileKind.of(file))) {
        offer(tree.dir().resolve(file.path().value()), file);
      }
    }
  }

  private void offer(Path source, RegularFile file) throws IOException {
    String name = "f-" + file.digest();
    if (Files.exists(file(name))) {
      return;
    }
    if (!Files.getPosixFilePermissions(source).contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException("not everybody may read " + source + ", so no copy of it is offered");
    }
    copy(source, name);
    if (Files.size(file(name)) != file.size()
        || !SettableTime.of(Files.getLastModifiedTime(source).toInstant()).equals(file.mtime())) {
      throw new IOException(source + " changed while it was deployed; run codeploy again");
    }
  }

  private void copy(Path source, String name) throws IOException {
    Path target = file(name);
    Files.copy(source, target);
    Files.setPosixFilePermissions(target, FILE);
  }

  private void write(String name, ByteBuffer content) throws IOException {
    try (FileChannel out =
        FileChannel.open(file(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        out.write(content);
      }
    }
    Files.setPosixFilePermissions(file(name), FILE);
  }

  /** Removes the directory and all that is in it; again: does nothing. */
  @Override
  public void close() throws IOException {
    remove(root, dir);
  }

  /** Removes the offered directory {@code dir}, if it is there, from the tree at {@code root}. */
  static void remove(Path root, Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    KeptMtime.during(root, () -> Files.deleteIfExists(dir));
  }
}
