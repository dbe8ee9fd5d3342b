package io.codeploy.cli.relay;

import io.codeploy.cli.deploy.AgentStop;
import io.codeploy.cli.deploy.Pace;
import io.codeploy.cli.fleet.AgentImages;
import io.codeploy.cli.fleet.FleetLimits;
import io.codeploy.cli.fleet.SshFleet;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.RetryRule;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.ssh.MinaConnector;
import io.codeploy.multiquery.ssh.config.SshSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The program multicopy with the agents of this build, and nodes under real sshds. */
record RelayRig(Path temp, Path distribution, SshNodes nodes) implements AutoCloseable {
  /** How a run went. */
  record Result(int status, String out, String err) {
    /** The line on what relaying saved. */
    String relay() {
      return err.lines()
          .filter(line -> line.startsWith("multicopy: relay: "))
          .findFirst()
          .orElse("");
    }
  }

  static RelayRig start(Path temp, Path distribution, int count) throws IOException {
    String missing = OpenSshNodes.unavailableReason().orElse("");
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    SshNodesSettings settings =
        SshNodesSettings.of(temp.resolve("nodes"), count)
            .withEnvironment(Map.of("JAVA_HOME", System.getProperty("java.home")));
    return new RelayRig(temp, distribution, OpenSshNodes.start(settings));
  }

  /** Runs multicopy to its end. */
  Result run(String... words) throws IOException, InterruptedException {
    Process process = launch(words);
    int status = process.waitFor();
    return new Result(
        status, Files.readString(home().resolve("out")), Files.readString(home().resolve("err")));
  }

  /** Starts multicopy. */
  Process launch(String... words) throws IOException {
    Path ssh = Files.createDirectories(home().resolve(".ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    Files.copy(
        nodes.identityFile(), ssh.resolve("id_ed25519"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(home().resolve("list"), nodes.nodeListFile());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dcodeploy.home=" + distribution,
                "-cp",
                System.getProperty("java.class.path"),
                "io.codeploy.multicopy.command.Main"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", home().toString());
    environment.put("MQ_NODES", home().resolve("list").toString());
    environment.put("MQ_ORDER", "1");
    environment.put("LC_ALL", "C.UTF-8");
    return builder
        .redirectOutput(home().resolve("out").toFile())
        .redirectError(home().resolve("err").toFile())
        .start();
  }

  /** The file or directory of that name in the home directory of each node. */
  List<Path> everywhere(String name) {
    return nodes.nodes().stream().map(node -> node.home().resolve(name)).toList();
  }

  /** Nodes whose agent runs. */
  List<SshNode> withAgents() {
    return nodes.nodes().stream()
        .filter(node -> Files.exists(node.home().resolve(".codeploy/agent.state")))
        .toList();
  }

  private Path home() {
    return temp.resolve("operator");
  }

  @Override
  public void close() throws IOException {
    stopAgents();
    nodes.close();
  }

  /** Asks every agent to end. */
  void stopAgents() throws IOException {
    Path ssh = Files.createDirectories(temp.resolve("stopper/.ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    try (Connector connector =
        new MinaConnector(
            SshSettings.of(temp.resolve("stopper"), nodes.user())
                .withConfigFiles(List.of())
                .withIdentityFiles(List.of(nodes.identityFile())),
            TimeSource.system())) {
      SshFleet fleet =
          new SshFleet(
              AgentImages.in(distribution.resolve("agent")),
              ".codeploy",
              FleetLimits.defaults(),
              TimeSource.system());
      new AgentStop(connector, fleet, TimeSource.system())
          .run(
              NodeList.read(Files.writeString(temp.resolve("stop-list"), nodes.nodeListFile())),
              new Pace(
                  io.codeploy.multiquery.fanout.Pace.window(8),
                  Duration.ofSeconds(30),
                  RetryRule.NONE));
    }
  }
}
