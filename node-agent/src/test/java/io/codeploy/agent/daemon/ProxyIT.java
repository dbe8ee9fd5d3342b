package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.agent.control.AgentEvent.Report;
import io.codeploy.agent.control.AgentState;
import io.codeploy.agent.control.DeployOptions;
import io.codeploy.agent.control.DeployRequest;
import io.codeploy.agent.control.ProxySpec;
import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.member.Peer;
import io.codeploy.fixtures.web.FreePort;
import io.codeploy.fixtures.web.NginxServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents whose deployment has a proxy, a real web server and a real client. */
class ProxyIT {
  private static final int MEMBERS = 3;
  private static final int NO_CONNECTION = 7;

  @TempDir private Path temp;
  private Fixture fixture;
  private NginxServer origin;
  private Path file;
  private final List<AgentState> agents = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  @BeforeAll
  static void needsPrograms() {
    assumeTrue(
        NginxServer.isPresent() && NginxServer.program("curl").isPresent(),
        "needs nginx and curl in /usr/sbin or PATH (apt-get install nginx-light curl)");
  }

  @BeforeEach
  void start() throws Exception {
    Path dir = Files.createDirectories(temp.resolve("www"));
    byte[] content = new byte[(6 << 20) + 4321];
    new Random(3).nextBytes(content);
    file = Files.write(dir.resolve("big.iso"), content);
    origin = NginxServer.serve(temp.resolve("nginx"), "root " + dir + ";");
    fixture = new Fixture(temp);
    for (int i = 0; i < MEMBERS; i++) {
      agents.add(fixture.start(i).state());
      ports.add(FreePort.find());
    }
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
    origin.close();
  }

  @Test
  void costsTheOriginOneCopyAndEndsWithTheNextDeployment() throws Exception {
    for (int member = 0; member < MEMBERS; member++) {
      assertEquals(List.of(), deploy(member, new ProxySpec(origin.host(), port(member))).errors());
    }

    List<Process> clients = new ArrayList<>();
    for (int member = 0; member < MEMBERS; member++) {
      clients.add(curl(member, "got" + member));
    }

    for (int member = 0; member < MEMBERS; member++) {
      assertEquals(0, clients.get(member).waitFor());
      assertEquals(-1, Files.mismatch(file, temp.resolve("got" + member)));
    }
    long sent = origin.bytesSent(Files.size(file));
    assertTrue(sent < 1.3 * Files.size(file), sent + " bytes have left the origin");

    assertEquals(List.of(), deploy(0, ProxySpec.OFF).errors());
    assertEquals(NO_CONNECTION, curl(0, "none").waitFor());
    assertEquals(0, curl(1, "again").waitFor());
    assertEquals(-1, Files.mismatch(file, temp.resolve("again")));
  }

  @Test
  void failsBeforeAnythingIsChangedWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(port(0), 1, InetAddress.getLoopbackAddress())) {
      Report report = deploy(0, new ProxySpec(origin.host(), taken.getLocalPort()));

      assertEquals(1, report.errors().size());
      assertTrue(report.errors().getFirst().contains("--proxy-port"), "" + report.errors());
      assertFalse(Files.exists(fixture.home(0).resolve("dest/a")));
    }
    assertEquals(List.of(), deploy(0, new ProxySpec(origin.host(), port(0))).errors());
    assertEquals(List.of(), deploy(0, new ProxySpec(origin.host(), port(0))).errors());
    assertEquals(0, curl(0, "got").waitFor());
  }

  private int port(int member) {
    return ports.get(member);
  }

  private Report deploy(int member, ProxySpec proxy) throws IOException {
    Tree tree = new Tree().file("a", "content");
    DeployRequest plain = fixture.request(tree, tree.manifest(), member, "dest", false);
    return new ControlClient(agents.get(member))
        .report(
            new DeployRequest(
                plain.deployment(),
                plain.token(),
                member,
                plain.peers().stream().map(ProxyIT::withAccess).toList(),
                plain.remoteDir(),
                plain.signedRoot(),
                plain.publicKey(),
                plain.manifest(),
                plain.origin(),
                new DeployOptions(false, false, proxy),
                plain.extent()));
  }

  private static Peer withAccess(Peer peer) {
    return new Peer(peer.rank(), peer.name(), peer.host(), peer.port(), peer.site(), true);
  }

  private Process curl(int member, String name) throws IOException {
    return new ProcessBuilder(
            "curl",
            "-sf",
            "--noproxy",
            "*",
            "-o",
            temp.resolve(name).toString(),
            "http://127.0.0.1:" + port(member) + "/" + origin.host() + "/big.iso")
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve(name + ".log").toFile())
        .start();
  }
}
