package io.codeploy.cli.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScannedTree;
import io.codeploy.fixtures.web.NginxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody can read through a web server's directory what he could not read before. */
class WebPrivacyIT {
  @TempDir private Path temporary;
  private Path dir;

  @BeforeEach
  void makeTree() throws IOException {
    dir = Trees.ofManyKinds(Files.createDirectory(temporary.resolve("tree")));
  }

  @Test
  void copiesNoKindBecauseOneOfItsFilesIsPrivate() throws Exception {
    secret("a-first.html", "rw-------");
    try (StaticTree server = new StaticTree(dir, true).refuse("a-first.html", 403)) {
      String message = refusal(server.url(), Delivery.WEB);

      assertTrue(message.startsWith("GET " + server.url() + "/a-first.html gave 403"), message);
      assertTrue(message.contains("not everybody may read"), message);
    }
  }

  @Test
  void leavesAPrivateFileToAServerThatMayReadIt() throws Exception {
    secret("a-first.html", "rw-------");
    secret("only-of-its-kind.key", "rw-r-----");
    ScannedTree tree = scan(Delivery.WEB);
    try (StaticTree server = new StaticTree(dir, true);
        WebOrigin origin = WebOrigin.prepare(server.url(), tree)) {
      assertEquals(List.of("exec"), origin.spec().offeredKinds());
      Trees.fetchAll(tree, origin);
    }
  }

  @Test
  void copiesNoPrivateExecutable() throws Exception {
    Path tool = secret("bin/tool", "rwxr-x---");
    try (StaticTree server = new StaticTree(dir, true)) {
      String message = refusal(server.url(), Delivery.WEB);

      assertTrue(message.startsWith("not everybody may read " + tool + ", so no copy"), message);
      assertTrue(message.contains("chmod o+r " + tool + ", --exclude it, or"), message);
    }
  }

  @Test
  void copiesNothingFromAPrivateDirectory() throws Exception {
    Path tool = Trees.write(dir, "closed/open/tool", 100);
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        dir.resolve("closed"), PosixFilePermissions.fromString("rwxr-x---"));
    try (StaticTree server = new StaticTree(dir, true)) {
      String message = refusal(server.url(), Delivery.WEB);

      assertTrue(message.startsWith("not everybody may read " + tool), message);
      assertTrue(message.contains("chmod o+x " + dir.resolve("closed") + ", "), message);
    }
  }

  @Test
  void copiesNoPrivateFileOfAKindThatTheServerRefuses() throws Exception {
    Path secret = secret("z.php", "rw-r-----");
    try (StaticTree server = new StaticTree(dir, true).refuse(".php", 403)) {
      String message = refusal(server.url(), Delivery.WEB);

      assertTrue(message.startsWith("not everybody may read " + secret + ", so no copy"), message);
    }
  }

  @Test
  void putsNoPrivateFileIntoAnArchiveForAWebServer() throws Exception {
    Path secret = secret("a-first.html", "rw-------");
    try (StaticTree server = new StaticTree(dir, true)) {
      String message = refusal(server.url(), Delivery.ARCHIVE);

      assertTrue(
          message.startsWith("not everybody may read " + secret + ", so no archive"), message);
    }
  }

  @Test
  void copiesNothingThatBecamePrivateSinceTheScan() throws Exception {
    ScannedTree tree = scan(Delivery.WEB);
    Path run = dir.resolve("bin/run");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    try (StaticTree server = new StaticTree(dir, true)) {
      String message = refusal(server.url(), tree);

      assertTrue(message.contains("not everybody may read " + run), message);
    }
  }

  @Test
  void copiesNoKindBecauseTheServerRefusesOneOfItsFiles() throws Exception {
    Trees.write(dir, "a-first.html", 100);
    try (StaticTree server = new StaticTree(dir, true).refuse("a-first.html", 403)) {
      String message = refusal(server.url(), Delivery.WEB);

      assertTrue(message.startsWith(server.url() + " serves only a part of " + dir), message);
      assertTrue(message.contains("/a-first.html gave 403, but others"), message);
    }
  }

  @Test
  void copiesAKindOfWhichTheServerAltersSome() throws Exception {
    Trees.write(dir, "a-first.html", 100);
    ScannedTree tree = scan(Delivery.WEB);
    try (StaticTree server = new StaticTree(dir, true).alter("a-first.html");
        WebOrigin origin = WebOrigin.prepare(server.url(), tree)) {
      assertEquals(List.of("exec", "ext:html"), origin.spec().offeredKinds());
      Trees.fetchAll(tree, origin);
    }
  }

  @Test
  void copiesDotFilesWhenTheServerRefusesAnyOfThem() throws Exception {
    Trees.write(dir, ".a/first", 100);
    ScannedTree tree = scan(Delivery.WEB);
    try (StaticTree server = new StaticTree(dir, true).refuse(".htaccess", 403);
        WebOrigin origin = WebOrigin.prepare(server.url(), tree)) {
      assertEquals(List.of("dot", "exec"), origin.spec().offeredKinds());
      Trees.fetchAll(tree, origin);
    }
  }

  @Test
  void offersCopiesInADirectoryThatNobodyElseCanList() throws Exception {
    try (StaticTree server = new StaticTree(dir, true);
        WebOrigin origin = WebOrigin.prepare(server.url(), scan(Delivery.WEB))) {
      assertEquals(
          "rwx--x--x",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(dir.resolve(origin.spec().offeredDir()))));
    }
  }

  @Test
  void worksWithAWebServerThatIsSomebodyElse() throws Exception {
    assumeTrue(
        Nginx.canBeNobody(), "needs nginx (apt-get install nginx-light) and root to start it");
    Path secret = secret("a-first.html", "rw-------");
    try (NginxServer nginx = Nginx.serveAsNobody(temporary, dir)) {
      String url = nginx.url() + "/~me/program";

      String message = refusal(url, Delivery.WEB);
      assertTrue(message.startsWith("GET " + url + "/a-first.html gave 403"), message);

      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
      ScannedTree tree = scan(Delivery.WEB);
      try (WebOrigin origin = WebOrigin.prepare(url, tree)) {
        assertEquals(List.of("dot", "exec", "ext:php"), origin.spec().offeredKinds());
        Trees.fetchAll(tree, origin);
      }
    }
  }

  private Path secret(String path, String permissions) throws IOException {
    Path file = Trees.write(dir, path, 1_000);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private ScannedTree scan(Delivery delivery) throws Exception {
    return Trees.scan(dir, delivery, temporary.resolve("cache"));
  }

  private String refusal(String url, Delivery delivery) throws Exception {
    return refusal(url, scan(delivery));
  }

  /** Why {@code url} cannot be the origin; nothing is left in the tree. */
  private String refusal(String url, ScannedTree tree) throws IOException {
    String message =
        String.valueOf(
            assertThrows(OriginException.class, () -> WebOrigin.prepare(url, tree)).getMessage());
    try (var entries = Files.list(dir)) {
      assertTrue(entries.noneMatch(path -> path.toString().contains("__codeploy_")));
    }
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
