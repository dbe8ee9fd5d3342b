package io.codeploy.cli.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScannedTree;
import io.codeploy.fixtures.web.NginxServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real web server that runs, hides and denies. */
class NginxIT {
  @TempDir private Path temporary;
  private Path dir;

  @BeforeEach
  void needsNginx() throws Exception {
    assumeTrue(
        NginxServer.isPresent(), "needs nginx in /usr/sbin or PATH (apt-get install nginx-light)");
    dir = Trees.ofManyKinds(Files.createDirectory(temporary.resolve("tree")));
    Trees.write(dir, "cgi-bin/form.cgi", 400);
  }

  @Test
  void servesATreeOfWhichTheServerRunsAndDeniesParts() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, temporary.resolve("cache"));
    try (NginxServer nginx = Nginx.serve(temporary, dir);
        WebOrigin origin = WebOrigin.prepare(nginx.url() + "/~me/program/", tree)) {
      assertEquals(List.of("dot", "exec", "ext:cgi", "ext:php"), origin.spec().offeredKinds());
      Trees.fetchAll(tree, origin);
    }
  }

  @Test
  void servesAnArchive() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.ARCHIVE, temporary.resolve("cache"));
    try (NginxServer nginx = Nginx.serve(temporary, dir);
        WebOrigin origin = WebOrigin.prepare(nginx.url() + "/~me/program", tree)) {
      Trees.fetchAll(tree, origin);
    }
  }

  @Test
  void saysThatAnotherPathDoesNotServeTheTree() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, temporary.resolve("cache"));
    try (NginxServer nginx = Nginx.serve(temporary, dir)) {
      String message =
          String.valueOf(
              assertThrows(
                      OriginException.class, () -> WebOrigin.prepare(nginx.url() + "/~you", tree))
                  .getMessage());

      assertTrue(message.contains("does not serve"), message);
      assertTrue(message.contains("404"), message);
    }
  }

  /** Agents speak no TLS to a server that was given as http. */
  @Test
  void saysWhereAServerLeadsThatHasMovedToHttps() throws Exception {
    ScannedTree tree = Trees.scan(dir, Delivery.WEB, temporary.resolve("cache"));
    String site = "return 301 https://web.example$request_uri;";
    try (NginxServer nginx = NginxServer.serve(temporary.resolve("nginx"), site)) {
      String message =
          String.valueOf(
              assertThrows(
                      OriginException.class, () -> WebOrigin.prepare(nginx.url() + "/~me", tree))
                  .getMessage());

      assertTrue(message.contains("leads to https://web.example/~me/"), message);
    }
  }
}
