package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.Extent;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.ChunkRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which trees a node goes back to without fetching anything, though its store is full. */
class HeldTreesIT {
  @TempDir Path temporary;
  private Fixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new Fixture(temporary);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void keepsTheChunksOfTheTreeBeforeWhenTheStoreIsFull() throws Exception {
    ControlClient control = open(250_000);
    control.report(fixture.request(tree(70_000, 1), "oldest"));
    control.report(fixture.request(tree(70_000, 2), "before"));
    control.report(fixture.request(tree(70_000, 3), "last"));
    // Serving makes them the ones that were used last; they are not held all the same.
    for (ChunkRef chunk : tree(70_000, 1).manifest().chunks()) {
      fixture.fetch(0, chunk.transported());
    }

    control.report(fixture.request(tree(70_000, 4), "now"));
    Report back = control.report(fixture.request(tree(70_000, 2), "back"));

    assertEquals(List.of(), back.errors());
    assertEquals(0, back.traffic().fromOrigin());
  }

  @Test
  void countsNoTreeThatDidNotBecomeTheDirectorys() throws Exception {
    ControlClient control = open(190_000);
    control.report(fixture.request(tree(70_000, 1), "before"));
    Files.createDirectories(fixture.home(0).resolve("busy/occupied/by others"));
    for (int seed = 2; seed <= 5; seed++) {
      Tree tree = tree(70_000, seed).file("occupied", "a directory is there");
      Report failed = control.report(fixture.request(tree, "busy"));
      assertEquals(1, failed.errors().size());
    }

    assertBack(control, tree(70_000, 1));
  }

  @Test
  void countsNoTreeThatIsOnlyCarried() throws Exception {
    ControlClient control = open(190_000);
    control.report(fixture.request(tree(70_000, 1), "before"));
    Files.createDirectory(fixture.home(0).resolve("cargo"));
    for (int seed = 2; seed <= 5; seed++) {
      DeployRequest carried = part(fixture.request(tree(70_000, seed), "cargo"), "f" + seed);
      assertEquals(List.of(), control.report(carried).errors());
    }

    assertBack(control, tree(70_000, 1));
  }

  private ControlClient open(long quotaBytes) throws IOException {
    fixture.limitStores(quotaBytes);
    return new ControlClient(fixture.start(0).state());
  }

  private void assertBack(ControlClient control, Tree tree) throws IOException {
    Report back = control.report(fixture.request(tree, "back"));

    assertEquals(List.of(), back.errors());
    assertEquals(0, back.traffic().fromOrigin());
  }

  private static Tree tree(int bytes, long seed) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return new Tree().file("f", 0644, content);
  }

  /** The only file of a tree, which is called {@code name}. */
  private static DeployRequest part(DeployRequest whole, String name) {
    byte[] first = {1};
    return new DeployRequest(
        whole.deployment(),
        whole.token(),
        whole.self(),
        whole.peers(),
        whole.remoteDir(),
        whole.signedRoot(),
        whole.publicKey(),
        whole.manifest(),
        whole.origin(),
        whole.options(),
        new Extent.Part(List.of(name), Base64.getEncoder().encodeToString(first)));
  }
}
