package io.codeploy.multicopy.command;

import io.codeploy.fixtures.ssh.EmbeddedSshNodes;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.fixtures.ssh.SshNodesSettings;
import io.codeploy.multiquery.command.CommandRunner;
import io.codeploy.multiquery.command.Controls;
import io.codeploy.multiquery.command.ExitCode;
import io.codeploy.multiquery.command.Surroundings;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.MinaConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;

/** An operator's directory, from which {@code multicopy} is run. */
record CopyRig(Path directory) {
  /** Embedded nodes, and real ones. */
  enum Kind {
    EMBEDDED,
    OPENSSH;

    SshNodes start(SshNodesSettings settings) throws IOException {
      if (this == EMBEDDED) {
        return EmbeddedSshNodes.start(settings);
      }
      Optional<String> reason = OpenSshNodes.unavailableReason();
      Assumptions.assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
      return OpenSshNodes.start(settings);
    }
  }

  record Result(ExitCode code, String out, String err) {}

  SshNodes start(Kind kind) throws IOException {
    return kind.start(SshNodesSettings.of(directory.resolve("nodes"), 2));
  }

  Result run(SshNodes nodes, String... paths) throws IOException {
    Path ssh = Files.createDirectories(directory.resolve("operator/.ssh"));
    Files.writeString(ssh.resolve("known_hosts"), nodes.knownHosts());
    Path list = Files.writeString(directory.resolve("node_list"), nodes.nodeListFile());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    TimeSource time = TimeSource.system();
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      Surroundings surroundings =
          new Surroundings(
              Map.of("MQ_NODES", list.toString(), "MQ_ORDER", "1"),
              directory.resolve("operator"),
              "nobody",
              directory,
              Path.of(""),
              "test",
              new SplittableRandom(1),
              InputStream.nullInputStream(),
              outStream,
              errStream,
              Controls.none());
      MulticopyCommand command =
          new MulticopyCommand(
              options ->
                  new MinaConnector(
                      surroundings
                          .ssh(options.slice())
                          .withIdentityFiles(List.of(nodes.identityFile())),
                      time),
              time);
      ExitCode code =
          CommandRunner.run(MulticopyCommand.spec(), surroundings, List.of(paths), command::run);
      return new Result(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
