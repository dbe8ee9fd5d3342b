package io.codeploy.cli.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScannedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebOriginIT {
  private static final FileTime OLD = FileTime.from(Instant.parse("2024-02-29T12:00:00Z"));

  @TempDir private Path temporary;
  private Path dir;
  private Path cache;

  @BeforeEach
  void makeTree() throws IOException {
    dir = Trees.ofManyKinds(Files.createDirectory(temporary.resolve("tree")));
    cache = temporary.resolve("cache");
    Files.setLastModifiedTime(dir, OLD);
  }

  @Test
  void servesEveryChunkAndLeavesNoTrace() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    try (StaticTree server = new StaticTree(dir, true)) {
      WebOrigin origin = WebOrigin.prepare(server.url() + "//", tree);
      try (origin) {
        assertEquals(server.url(), origin.spec().url());
        assertEquals(List.of("exec"), origin.spec().offeredKinds());
        assertEquals(OLD, Files.getLastModifiedTime(dir));
        Trees.fetchAll(tree, origin);
      }
      assertFalse(Files.exists(dir.resolve(origin.spec().offeredDir())));
      assertEquals(OLD, Files.getLastModifiedTime(dir));
    }
  }

  @Test
  void offersCopiesOfKindsThatTheServerRefuses() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    try (StaticTree server =
            new StaticTree(dir, true)
                .refuse(".php", 403)
                .refuse(".htaccess", 404)
                .refuse("?y", 400);
        WebOrigin origin = WebOrigin.prepare(server.url(), tree)) {
      assertEquals(List.of("dot", "exec", "ext:php", "odd"), origin.spec().offeredKinds());
      Trees.fetchAll(tree, origin);
    }
  }

  @Test
  void servesAnArchive() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.ARCHIVE, cache);
    try (StaticTree server = new StaticTree(dir, true);
        WebOrigin origin = WebOrigin.prepare(server.url(), tree)) {
      Trees.fetchAll(tree, origin);
    }
  }

  @Test
  void saysThatTheUrlDoesNotServeTheTree() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    try (StaticTree server = new StaticTree(dir, true)) {
      String url = server.url() + "/nowhere";

      String message =
          String.valueOf(
              assertThrows(OriginException.class, () -> WebOrigin.prepare(url, tree)).getMessage());

      assertTrue(message.startsWith(url + " does not serve " + tree.dir()), message);
      assertTrue(message.contains("gave 404, expected"), message);
      assertTrue(leftInTree().isEmpty());
      assertEquals(OLD, Files.getLastModifiedTime(dir));
    }
  }

  @Test
  void saysWhichFileTheServerMayNotRead() throws Exception {
    Path secret = Trees.write(dir, "z/secret.html", 50);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    try (StaticTree server = new StaticTree(dir, true).refuse("secret.html", 403)) {
      String message =
          String.valueOf(
              assertThrows(OriginException.class, () -> WebOrigin.prepare(server.url(), tree))
                  .getMessage());

      assertTrue(message.startsWith("GET " + server.url() + "/z/secret.html gave 403"), message);
      assertTrue(leftInTree().isEmpty());
    }
  }

  @Test
  void saysThatTheUrlServesAnotherTreeOfTheSameNames() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    Path other = Trees.ofManyKinds(Files.createDirectory(temporary.resolve("other")));
    try (StaticTree server = new StaticTree(other, true)) {
      String message =
          String.valueOf(
              assertThrows(OriginException.class, () -> WebOrigin.prepare(server.url(), tree))
                  .getMessage());

      assertTrue(message.contains("but not a new directory in it"), message);
    }
  }

  @Test
  void saysThatTheServerDoesNotKnowRanges() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    try (StaticTree server = new StaticTree(dir, false)) {
      String message =
          String.valueOf(
              assertThrows(OriginException.class, () -> WebOrigin.prepare(server.url(), tree))
                  .getMessage());

      assertTrue(message.contains("ignores Range requests"), message);
    }
  }

  @Test
  void putsUpWithAServerWithoutRangesWhenFilesAreSmall() throws Exception {
    Files.delete(dir.resolve("big.bin"));
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    try (StaticTree server = new StaticTree(dir, false);
        WebOrigin origin = WebOrigin.prepare(server.url(), tree)) {
      Trees.fetchAll(tree, origin);
    }
  }

  @Test
  void refusesWhatIsNoUrlOfADirectory() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    for (String url : List.of("web.example/x", "ftp://x/", "http://x/?a=b", "http://u:p@x/")) {
      assertThrows(OriginException.class, () -> WebOrigin.prepare(url, tree), url);
    }
  }

  @Test
  void removesWhatAKilledRunLeftAndNothingElse() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    Path gone = Files.createDirectory(dir.resolve("__codeploy_0123456789abcdef"));
    OwnerMark own = OwnerMark.own();
    Files.write(gone.resolve("pid"), bytes(new OwnerMark(own.pid(), "-1", own.machine())));
    Files.writeString(gone.resolve("f-x"), "x");
    Path alive = Files.createDirectory(dir.resolve("__codeploy_fedcba9876543210"));
    Files.write(alive.resolve("pid"), bytes(own));
    Path foreign = Files.createDirectory(dir.resolve("__codeploy_notes"));
    Files.write(foreign.resolve("pid"), bytes(new OwnerMark(own.pid(), "-1", own.machine())));
    try (StaticTree server = new StaticTree(dir, true)) {
      WebOrigin.prepare(server.url(), tree).close();

      assertEquals(List.of(alive, foreign), leftInTree());
    }
  }

  @Test
  void saysWhichFileChangedBeforeItsCopyWasMade() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    Files.write(dir.resolve("bin/run"), new byte[10]);
    try (StaticTree server = new StaticTree(dir, true)) {
      String message =
          String.valueOf(
              assertThrows(OriginException.class, () -> WebOrigin.prepare(server.url(), tree))
                  .getMessage());

      assertTrue(message.contains("bin/run changed while it was deployed"), message);
      assertTrue(leftInTree().isEmpty());
    }
  }

  @Test
  void removesTheCopiesWhenInterrupted() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, cache);
    try (StaticTree server = new StaticTree(dir, true)) {
      Thread.currentThread().interrupt();

      assertThrows(InterruptedException.class, () -> WebOrigin.prepare(server.url(), tree));
      assertTrue(leftInTree().isEmpty());
    }
  }

  private static byte[] bytes(OwnerMark mark) {
    return mark.bytes().array();
  }

  private List<Path> leftInTree() throws IOException {
    try (var entries = Files.list(dir)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith("__codeploy_"))
          .sorted()
          .toList();
    }
  }
}
