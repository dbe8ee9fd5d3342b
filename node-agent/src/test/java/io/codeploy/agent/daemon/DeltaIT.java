package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.agent.control.AgentEvent.Counts;
import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.ChunkCodec;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.chunk.EncodedChunk;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.ManifestCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaIT {
  @TempDir Path temporary;
  private Fixture fixture;
  private ControlClient control;

  @BeforeEach
  void open() throws IOException {
    fixture = new Fixture(temporary);
    control = new ControlClient(fixture.start(0).state());
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void bringsManifestAndFileToANodeThatHasTheLastManifest() throws Exception {
    Manifest base = tree(500).manifest();
    control.report(fixture.request(tree(500), "test"));
    Tree changed = tree(500).file("f250", 0644, noise(900, -1));

    Report report = control.report(fixture.request(base, changed, "test"));

    assertEquals(List.of(), report.errors());
    assertEquals(new Counts(499, 0, 1, 0, 0), report.counts());
    assertTrue(report.traffic().fromOrigin() < 1300, report::toString);
    assertEquals(0, report.traffic().fromStore(), "a delta is not got a second time");
    assertHas(changed);
  }

  @Test
  void isTheBaseOfTheNextOne() throws Exception {
    control.report(fixture.request(tree(500), "test"));
    Tree second = tree(500).file("f250", 0644, noise(900, -1));
    control.report(fixture.request(tree(500).manifest(), second, "test"));
    Tree third = tree(499).file("f250", 0644, noise(900, -1)).file("new", 0644, noise(100, -2));

    Report report = control.report(fixture.request(second.manifest(), third, "test"));

    assertEquals(new Counts(499, 1, 0, 0, 0), report.counts());
    assertTrue(report.traffic().fromOrigin() < 600, report::toString);
    assertHas(third);
  }

  @Test
  void isNotFetchedByANodeThatHasAnotherManifest() throws Exception {
    control.report(fixture.request(tree(400), "test"));
    Tree changed = tree(500).file("f250", 0644, noise(900, -1));

    Report report = control.report(fixture.request(tree(500).manifest(), changed, "test"));

    assertEquals(List.of(), report.errors());
    assertHas(changed);
  }

  @Test
  void isNotNeededWhenItIsWrong() throws Exception {
    control.report(fixture.request(tree(500), "test"));
    Digest base = Digest.of(ManifestCodec.encode(tree(500).manifest()));
    EncodedChunk nonsense = ChunkCodec.encode(ByteBuffer.wrap(noise(2000, 1)));
    Tree changed = tree(500).file("f250", 0644, noise(900, -1));

    Report report = control.report(fixture.request(base, nonsense, changed, "test"));

    assertEquals(List.of(), report.errors());
    assertHas(changed);
  }

  @Test
  void isNotNeededWhenAFileInItIsNotWhatTheManifestSays() throws Exception {
    control.report(fixture.request(tree(500), "test"));
    Tree changed = tree(500).file("f250", 0644, noise(900, -1));
    Tree forged = tree(500).file("f250", 0644, noise(900, -1));
    forged.contents().replaceAll((path, bytes) -> noise(bytes.length, 99));

    Report report = control.report(fixture.request(tree(500).manifest(), forged, "test"));

    assertEquals(List.of(), report.errors());
    assertHas(changed);
  }

  private static Tree tree(int files) {
    Tree tree = new Tree();
    for (int i = 0; i < files; i++) {
      tree.file("f" + i, 0644, noise(900, i));
    }
    return tree;
  }

  private void assertHas(Tree tree) throws IOException {
    for (var content : tree.contents().entrySet()) {
      assertArrayEquals(
          content.getValue(),
          Files.readAllBytes(fixture.home(0).resolve("test").resolve(content.getKey().value())));
    }
  }

  private static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
