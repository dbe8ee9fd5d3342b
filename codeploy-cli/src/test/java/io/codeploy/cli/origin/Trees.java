package io.codeploy.cli.origin;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.origin.WebTreeOrigin;
import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScanException;
import io.codeploy.cli.scan.ScanRequest;
import io.codeploy.cli.scan.ScannedTree;
import io.codeploy.cli.scan.TreeScan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/** Trees for origins, and what a node would fetch of them. */
final class Trees {
  private Trees() {}

  static Path write(Path dir, String path, int bytes) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    byte[] content = new byte[bytes];
    new SplittableRandom(path.hashCode()).nextBytes(content);
    return Files.write(file, content);
  }

  /** Files of many kinds, none of which a server gives as it likes. */
  static Path ofManyKinds(Path dir) throws IOException {
    write(dir, "index.html", 3_000);
    write(dir, "a/b/c/deep file.txt", 2_000);
    write(dir, "big.bin", 5 << 20);
    write(dir, "page.php", 700);
    write(dir, "other/second.php", 200_000);
    write(dir, ".htaccess", 90);
    write(dir, "odd/new\nline %41#x?y", 100);
    write(dir, "odd/gr\u00fc\u00dfe", 100);
    Path run = write(dir, "bin/run", 150_000);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(dir.resolve("empty.php"));
    return dir;
  }

  static ScannedTree scan(Path dir, Delivery delivery, Path cache)
      throws ScanException, InterruptedException {
    return new TreeScan(InstantSource.system())
        .scan(new ScanRequest(dir, List.of(), delivery, cache));
  }

  /** Fetches every chunk as a node does; fails if one is not what it should be. */
  static void fetchAll(ScannedTree tree, WebOrigin origin) throws IOException {
    WebTreeOrigin web =
        new WebTreeOrigin(
            origin.spec().url(), origin.spec().offeredDir(), origin.spec().offeredKinds());
    for (ChunkRef chunk : tree.encodedManifest().root().chunks()) {
      ChunkCodec.verify(chunk.transported(), ByteBuffer.wrap(web.fetch(chunk)));
    }
    web.know(tree.manifest());
    for (ChunkRef chunk : tree.manifest().chunks()) {
      ChunkCodec.verify(chunk.transported(), ByteBuffer.wrap(web.fetch(chunk)));
    }
  }
}
