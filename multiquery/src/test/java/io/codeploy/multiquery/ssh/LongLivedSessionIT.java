package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.process.Kill;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.config.HostSettings;
import io.codeploy.multiquery.ssh.config.HostSettingsResolver;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.ssh.config.SshConfigReader;
import io.codeploy.multiquery.ssh.hostkey.KnownHosts;
import io.codeploy.multiquery.ssh.key.Identities;
import io.codeploy.multiquery.ssh.key.JdkSecurity;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Test;

/** What befalls sessions that live long: new keys every gigabyte, and peers that fall silent. */
class LongLivedSessionIT extends OneOpenSshNode {
  private static final long LENGTH = 32L << 20;

  @Test
  void survivesRekeyingUnderLoad() throws Exception {
    JdkSecurity.register();
    KnownHosts hosts = new KnownHosts();
    try (ClientThreads threads = new ClientThreads(2);
        SshClient client = ClientFactory.create(threads, new HostKeyVerifier(hosts));
        Sockets sockets = new Sockets(threads.io());
        Identities identities = new Identities()) {
      CoreModuleProperties.REKEY_BYTES_LIMIT.set(client, 1L << 20);
      client.setIoServiceFactoryFactory(new ConnectedSessions(threads, sockets));
      client.start();
      HostSettingsResolver resolver =
          new HostSettingsResolver(rig.settings(), new SshConfigReader(rig.home()).read(List.of()));
      TimeSource time = TimeSource.system();
      Approach approach = new Approach(sockets, time);
      SessionOpener opener = new SessionOpener(client, approach, Person.NOBODY);
      Route route = new Route(resolver, hosts, identities, approach, opener, time);
      HostSettings settings =
          resolver.node(
              nodes.nodes().getFirst().address(),
              Optional.empty(),
              OptionalInt.of(nodes.nodes().getFirst().port()),
              Deadline.after(time, Rig.LIMIT));
      Patterned.Check out = new Patterned.Check(LENGTH);
      try (Connection connection =
          new MinaConnection(
              rig.node(0),
              route.open(settings, Deadline.after(time, Rig.LIMIT)),
              time,
              new AtomicInteger())) {

        ExitStatus status =
            connection.execute(
                "cat",
                new Patterned(LENGTH),
                out,
                OutputStream.nullOutputStream(),
                Duration.ofMinutes(2));

        assertEquals(new ExitStatus.Exited(0), status);
        assertEquals("equal, " + LENGTH, out.result());
      }
    }
  }

  @Test
  void noticesAPeerThatFallsSilent() throws Exception {
    rig.write("config", "ServerAliveInterval 1\n");
    try (MinaConnector connector = rig.connector();
        Connection connection = connector.connect(rig.node(0), Rig.LIMIT)) {
      long serverPid = Long.parseLong(Rig.run(connection, "echo $PPID").out().strip());
      Kill.send("STOP", serverPid);
      try {
        NodeFailedException failed =
            assertThrows(
                NodeFailedException.class,
                () ->
                    connection.execute(
                        "true",
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        Rig.LIMIT));

        assertInstanceOf(NodeFailure.Disconnected.class, failed.failure());
        assertTrue(
            failed.failure().message().contains("does not answer any more"),
            failed.failure().message());
      } finally {
        Kill.send("CONT", serverPid);
      }
    }
  }
}
