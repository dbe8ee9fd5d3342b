package io.codeploy.cli.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.manifest.Delta;
import io.codeploy.chunkcache.manifest.DeltaCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDeltaTest {
  @TempDir private Path temporary;
  private TestTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = TestTree.in(temporary).withEveryKind();
  }

  @Test
  void leadsFromTheManifestThatWasDeployedToThatOfNow() throws Exception {
    ScannedTree before = deployed();
    tree.text("a.txt", "changed\n");

    ScannedTree after = tree.scan(Delivery.CHUNKS);
    TreeDelta delta = after.delta().orElseThrow();
    ByteBuffer served = after.chunks().find(delta.name().chunk().transported()).orElseThrow();
    Delta read =
        DeltaCodec.decode(
            ChunkCodec.decode(delta.name().chunk(), served),
            before.encodedManifest().whole(),
            after.encodedManifest().root());

    assertEquals(before.encodedManifest().root().manifest(), delta.name().base());
    assertEquals(after.manifest(), read.manifest());
    assertEquals(1, read.places().size());
    assertTrue(served.remaining() < 1000, served::toString);
  }

  @Test
  void isNoneWhereNothingWasDeployedOrNothingHasChanged() throws Exception {
    assertEquals(Optional.empty(), tree.scan(Delivery.CHUNKS).delta());

    deployed();

    assertEquals(Optional.empty(), tree.scan(Delivery.CHUNKS).delta());
  }

  @Test
  void isNoneWhereAWebServerWouldGiveIt() throws Exception {
    deployed();
    tree.text("a.txt", "changed\n");

    assertEquals(Optional.empty(), tree.scan(Delivery.WEB).delta());
    assertEquals(Optional.empty(), tree.scan(Delivery.ARCHIVE).delta());
  }

  @Test
  void isNoneFromARecordThatIsDamaged() throws Exception {
    deployed();
    try (Stream<Path> records = Files.list(tree.cacheDir().resolve("deployed"))) {
      Files.write(records.findFirst().orElseThrow(), new byte[100]);
    }
    tree.text("a.txt", "changed\n");

    assertEquals(Optional.empty(), tree.scan(Delivery.CHUNKS).delta());
  }

  private ScannedTree deployed() throws Exception {
    ScannedTree scanned = tree.scan(Delivery.CHUNKS);
    new DeployedManifest(tree.cacheDir(), scanned.dir()).trySave(scanned.encodedManifest().whole());
    return scanned;
  }
}
