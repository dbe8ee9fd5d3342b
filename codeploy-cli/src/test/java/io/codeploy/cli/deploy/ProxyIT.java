package io.codeploy.cli.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.fixtures.corpus.TreeCorpus;
import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.web.FreePort;
import io.codeploy.fixtures.web.NginxServer;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The proxy that a deployment leaves behind, from the command line to what a client gets. */
@Timeout(300)
@ExtendWith(TestImage.class)
class ProxyIT {
  private final AgentImages images;
  private final Path distribution;

  @TempDir private Path temp;
  private Path tree;
  private EmbeddedSshNodes nodes;
  private NginxServer origin;
  private byte[] content;

  ProxyIT(AgentImages images, Path distribution) {
    this.images = images;
    this.distribution = distribution;
  }

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        NginxServer.isPresent(), "needs nginx in /usr/sbin or PATH (apt-get install nginx-light)");
    tree = temp.resolve("tree");
    new TreeCorpus(tree, 13).writeMany("many", 3, 1_000);
    Path www = Files.createDirectories(temp.resolve("www"));
    content = new byte[(3 << 20) + 4321];
    new Random(3).nextBytes(content);
    Files.write(www.resolve("big.iso"), content);
    origin = NginxServer.serve(temp.resolve("origin"), "root " + www + ";");
    nodes = EmbeddedSshNodes.start(DeployRig.settings(temp.resolve("nodes"), 1));
  }

  @AfterEach
  void stop() throws Exception {
    if (nodes != null) {
      new DeployRig(temp, images, nodes).stopAgents();
      nodes.close();
    }
    if (origin != null) {
      origin.close();
    }
  }

  @Test
  void givesWhatTheCommandLineAllowsUntilTheNextDeployment() throws Exception {
    String host = origin.host();
    int port = FreePort.find();
    URI file = URI.create("http://127.0.0.1:" + port + "/" + host + "/big.iso");

    codeploy("--proxy-allow", host, "--proxy-port", "" + port, tree.toString(), "dest");

    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> response = get(file);
      assertEquals(200, response.statusCode());
      assertArrayEquals(content, response.body());
    }
    assertEquals(403, get(file.resolve("/other.test/x")).statusCode());
    assertTrue(origin.bytesSent() < 1.5 * content.length, origin.bytesSent() + " bytes");

    codeploy(tree.toString(), "dest");

    assertThrows(ConnectException.class, () -> get(file));
  }

  private void codeploy(String... arguments) throws Exception {
    try (CodeployProcess codeploy =
        CodeployProcess.start(
            temp, distribution, nodes, nodes.identityFile(), nodes.nodeListFile(), arguments)) {
      assertEquals(0, codeploy.exitStatus(), codeploy.output());
    }
  }

  private static HttpResponse<byte[]> get(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }
  }
}
