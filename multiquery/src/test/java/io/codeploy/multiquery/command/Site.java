package io.codeploy.multiquery.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Nodes of real sshd, and the home of a user who may log in there. */
record Site(SshNodes nodes, Path home) implements AutoCloseable {
  /** Starts them below {@code root}; skips the test where there is no sshd. */
  static Site open(Path root, Path home, int count) throws IOException {
    SshNodes nodes = Servers.OPEN_SSH.start(root, count);
    Servers.welcome(home, nodes);
    return new Site(nodes, home);
  }

  /** A terminal whose list has all nodes, in that order. */
  Terminal terminal() throws IOException {
    return new Terminal(home)
        .export("MQ_ORDER", "1")
        .export("MQ_TIMEOUT", "0")
        .exportNodes(nodes.nodeListFile().split("\n", -1));
  }

  /** What it takes to have the system's ssh connect, and see nothing else of this machine. */
  String sshCommand() {
    return "ssh -F '%s' -i '%s' -o UserKnownHostsFile='%s' -o IdentitiesOnly=yes"
        .formatted(config(), nodes.identityFile(), home.resolve(".ssh/known_hosts"));
  }

  private Path config() {
    Path config = home.resolve(".ssh/config");
    return Files.exists(config) ? config : Path.of("none");
  }

  /** Makes the first node answer to {@code count} names, {@code web1} and so on, and lists them. */
  List<String> manyNames(int count) throws IOException {
    SshNode node = nodes.nodes().getFirst();
    Files.writeString(
        home.resolve(".ssh/config"),
        """
        Host web*
          HostName %s
          Port %d
          User %s
          HostKeyAlias the-one
        """
            .formatted(node.address(), node.port(), nodes.user()));
    Files.writeString(home.resolve(".ssh/known_hosts"), "the-one " + node.hostKey() + "\n");
    return IntStream.rangeClosed(1, count).mapToObj(i -> "web" + i).toList();
  }

  /** The classic frame around what a node said. */
  static byte[] frame(String name, byte[] said) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes((name + ": " + said.length + " bytes\n").getBytes(UTF_8));
    frame.writeBytes(said);
    frame.write('\n');
    return frame.toByteArray();
  }

  @Override
  public void close() {
    nodes.close();
  }
}
