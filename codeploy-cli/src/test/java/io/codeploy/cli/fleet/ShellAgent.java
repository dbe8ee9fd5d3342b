package io.codeploy.cli.fleet;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes images whose agent is a shell script. */
final class ShellAgent {
  /** Writes its state and stays for a minute, as another program. */
  static final String WORKING =
      """
      #!/bin/sh
      while [ $# -gt 0 ]; do
        case $1 in
        --dir) dir=$2 ;;
        --version) version=$2 ;;
        --listen) host=$2 ;;
        esac
        shift
      done
      {
        echo pid=$$
        echo version=$version
        echo controlPort=1234
        echo token=00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff
        echo peerHost=$host
        echo peerPort=5678
      } >"$dir/agent.state.new"
      mv "$dir/agent.state.new" "$dir/agent.state"
      exec sleep 60
      """;

  /** The same, under its own command line. */
  static final String HANGING = WORKING.replace("exec sleep 60", "sleep 60; exit 0");

  /** Finds another agent in its directory the first time. */
  static final String SECOND =
      WORKING.replace("#!/bin/sh\n", "#!/bin/sh\nmkdir \"$0.once\" 2>/dev/null && exit 4\n");

  /** Needs a file of its image. */
  static final String NEEDY =
      WORKING.replace("#!/bin/sh\n", "#!/bin/sh\n. \"${0%/*}/needed\" || exit 3\n");

  /** Complains and ends. */
  static final String BROKEN =
      """
      #!/bin/sh
      echo "first line" >&2
      echo "no memory for an agent" >&2
      exit 1
      """;

  private ShellAgent() {}

  static AgentImage image(Path directory, String script) throws IOException, InterruptedException {
    Path agent = directory.resolve("content/bin/node-agent");
    Files.createDirectories(agent.getParent());
    Files.writeString(agent, script);
    Files.writeString(agent.resolveSibling("needed"), ":\n");
    Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path archive = directory.resolve("codeploy-agent-1.0-any.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "czf", archive.toString(), "-C", directory + "/content", ".")
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException("tar failed");
    }
    Digest digest = Digest.of(Files.readAllBytes(archive));
    Files.writeString(archive.resolveSibling(archive.getFileName() + ".sha256"), digest + "\n");
    return new AgentImage("1.0", digest, Files.size(archive), archive);
  }
}
