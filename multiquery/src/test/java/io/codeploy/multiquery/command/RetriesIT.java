package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.MinaConnector;
import io.codeploy.multiquery.testing.Installed;
import io.codeploy.multiquery.testing.Interruptible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coming back to servers that do not let in everybody at once, or not yet. */
class RetriesIT {
  private static final TimeSource TIME = TimeSource.system();

  @TempDir Path root;
  @TempDir Path home;

  /** Tells when a connection has failed. */
  private record Told(Connector next, CountDownLatch failed) implements Connector {
    @Override
    public Connection connect(Node node, Duration limit)
        throws NodeFailedException, InterruptedException {
      try {
        return next.connect(node, limit);
      } catch (NodeFailedException e) {
        failed.countDown();
        throw e;
      }
    }

    @Override
    public void close() {
      next.close();
    }
  }

  @Test
  void aServerThatComesUpAfterARefusalIsReachedByARetry() throws Exception {
    try (Site site = Site.open(root, home, 2)) {
      SshNode late = site.nodes().nodes().getLast();
      site.nodes().stop(late);
      Terminal terminal = site.terminal();
      CountDownLatch failed = new CountDownLatch(1);
      ConnectorFactory connectors =
          (ssh, first) ->
              new Told(
                  new MinaConnector(
                      terminal
                          .surroundings()
                          .ssh(ssh.slice())
                          .withConfigFiles(List.of(home.resolve(".ssh/config"))),
                      TIME),
                  failed);
      Interruptible<ExitCode> run =
          Interruptible.start(
              () -> terminal.multiquery(connectors, TIME, "--retries", "9", "echo here"));

      failed.await();
      site.nodes().start(late);

      assertEquals(ExitCode.OK, run.end().value(), terminal::err);
      assertEquals(2, terminal.out().lines().filter("here"::equals).count(), terminal::out);
    }
  }

  /** It takes two at a time, and drops all others before its greeting. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerWithTooManyConnectionsUnderWayLetsInAllWhoComeBack(boolean bySystemSsh)
      throws Exception {
    Installed.assume("ssh", "openssh-client");
    try (Site site = Site.open(root, home, 1)) {
      List<String> names = site.manyNames(20);
      limitStartups(site);
      Terminal terminal = site.terminal();
      terminal.exportNodes(names.toArray(String[]::new));
      if (bySystemSsh) {
        terminal.export("MQ_SSH_COMMAND", site.sshCommand());
      }

      assertEquals(
          0, terminal.multiquery("--maxload", "20", "echo here"), () -> terminal.err() + log());

      assertEquals(20, terminal.out().lines().filter("here"::equals).count());
      assertTrue(Files.readString(file("node1.log")).contains("MaxStartups"), "some were dropped");
    }
  }

  private String log() {
    try {
      return Files.readString(file("node1.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void limitStartups(Site site) throws IOException {
    SshNode node = site.nodes().nodes().getFirst();
    Path config = file("node1.sshd_config");
    site.nodes().stop(node);
    Files.writeString(
        config, Files.readString(config).replace("MaxStartups 1000", "MaxStartups 2:100:2"));
    site.nodes().start(node);
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }
}
