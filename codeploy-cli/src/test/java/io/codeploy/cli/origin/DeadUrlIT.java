package io.codeploy.cli.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.cli.scan.Delivery;
import io.codeploy.cli.scan.ScannedTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** URLs that serve nothing of the tree: which sample is told of, and what to do. */
class DeadUrlIT {
  @TempDir private Path temporary;
  private Path dir;

  @BeforeEach
  void makeTree() throws IOException {
    dir = Trees.ofManyKinds(Files.createDirectory(temporary.resolve("tree")));
  }

  @Test
  void tellsOfThePlain404RatherThanOfADotFile() throws Exception {
    Trees.write(dir, ".a/first", 100);
    try (StaticTree server =
        new StaticTree(dir, true).refuse("first", 403).refuse(".htaccess", 403)) {
      String message = refusal(server.url() + "/nowhere", Delivery.WEB);

      assertTrue(message.contains("/nowhere does not serve " + dir + ": GET "), message);
      assertTrue(message.contains(" gave 404, expected "), message);
      assertTrue(message.contains("below the server's root"), message);
      assertFalse(message.contains(" 403"), message);
    }
  }

  @Test
  void tellsOfAnOrdinaryFileWhereAnswersAreAsMany() throws Exception {
    Path small = Files.createDirectory(temporary.resolve("small"));
    Trees.write(small, ".a/first", 100);
    Trees.write(small, "page.html", 100);
    dir = small;
    try (StaticTree server = new StaticTree(dir, true).refuse("first", 403)) {
      String message = refusal(server.url() + "/nowhere", Delivery.WEB);

      assertTrue(message.contains("/nowhere/page.html gave 404"), message);
    }
  }

  @Test
  void saysHowToLetTheServerInWhereEverythingIsForbidden() throws Exception {
    try (StaticTree server = new StaticTree(dir, true).refuse("", 403)) {
      String message = refusal(server.url(), Delivery.WEB);

      assertTrue(message.contains(" gave 403, expected "), message);
      assertTrue(message.contains("chmod o+x"), message);
    }
  }

  @Test
  void saysThatNothingListens() throws Exception {
    for (Delivery delivery : new Delivery[] {Delivery.WEB, Delivery.ARCHIVE}) {
      String message = refusal("http://127.0.0.1:1/~me", delivery);

      assertEquals(
          "http://127.0.0.1:1/~me does not answer: 127.0.0.1 port 1 refuses connections; start the"
              + " web server or correct the URL",
          message);
    }
  }

  @Test
  void saysThatTheHostIsUnknown() throws Exception {
    String message = refusal("http://nosuch.invalid/~me", Delivery.WEB);

    assertEquals(
        "http://nosuch.invalid/~me does not answer: the host nosuch.invalid is unknown; check the"
            + " spelling of the URL",
        message);
  }

  @Test
  void saysThatItIsNoWebServer() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread closing = Thread.ofVirtual().start(() -> closeAll(server));

      String message = refusal("http://127.0.0.1:" + server.getLocalPort(), Delivery.WEB);

      assertTrue(message.endsWith("; is it a web server?"), message);
      server.close();
      closing.join();
    }
  }

  @Test
  void hasALineForEachKindOfSilence() {
    Silence silence = new Silence(HttpUrl.get("https://web.example/x"), Duration.ofSeconds(10));

    assertEquals(
        "web.example port 443 is silent for 10 s; check URL and firewalls",
        silence.line(new SocketTimeoutException("timeout")));
    assertEquals(
        "there is no way to web.example port 443; check the URL and the network",
        silence.line(new NoRouteToHostException("No route to host")));
    assertEquals(
        "TLS with web.example port 443 fails (unknown authority); see to its certificate",
        silence.line(new SSLHandshakeException("unknown authority")));
  }

  private static void closeAll(ServerSocket server) {
    try {
      while (!server.isClosed()) {
        server.accept().close();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private String refusal(String url, Delivery delivery) throws Exception {
    ScannedTree tree = Trees.scan(dir, delivery, temporary.resolve("cache"));
    String message =
        String.valueOf(
            assertThrows(OriginException.class, () -> WebOrigin.prepare(url, tree)).getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
