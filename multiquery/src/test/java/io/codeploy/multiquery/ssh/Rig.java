package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.ssh.config.SshSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** An operator's home directory for tests, with a key that nodes accept and their host keys. */
record Rig(Path home, SshNodes nodes) {
  static final Duration LIMIT = Duration.ofSeconds(60);

  static Rig create(Path root, SshNodes nodes) throws IOException {
    Path home = Files.createDirectories(root.resolve("operator"));
    Files.createDirectories(home.resolve(".ssh"));
    Rig rig = new Rig(home, nodes);
    rig.write("known_hosts", nodes.knownHosts());
    return rig;
  }

  void write(String name, String text) throws IOException {
    Files.writeString(home.resolve(".ssh").resolve(name), text);
  }

  String read(String name) throws IOException {
    return Files.readString(home.resolve(".ssh").resolve(name));
  }

  /** Settings that see nothing of the machine but this home. */
  SshSettings settings() {
    return SshSettings.of(home, nodes.user())
        .withConfigFiles(List.of(home.resolve(".ssh/config")))
        .withIdentityFiles(List.of(nodes.identityFile()));
  }

  MinaConnector connector() throws IOException {
    return connector(settings());
  }

  static MinaConnector connector(SshSettings settings) throws IOException {
    return new MinaConnector(settings, TimeSource.system());
  }

  Node node(int index) {
    return node(nodes.nodes().get(index));
  }

  static Node node(SshNode node) {
    return node(node.address(), node.port());
  }

  static Node node(String host, int port) {
    return new Node(host, host, Optional.empty(), OptionalInt.of(port), Map.of());
  }

  /** What a command said and how it ended. */
  record Said(ExitStatus status, String out, String err) {}

  /** With these settings a command can be run on the first node. */
  void connects(SshSettings settings) throws Exception {
    try (MinaConnector connector = connector(settings);
        Connection connection = connector.connect(node(0), LIMIT)) {
      assertEquals("hello\n", run(connection, "echo hello").out());
    }
  }

  static Said run(Connection connection, String command) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitStatus status = connection.execute(command, InputStream.nullInputStream(), out, err, LIMIT);
    return new Said(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
