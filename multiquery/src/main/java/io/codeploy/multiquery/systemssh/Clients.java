package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the processes that take part in the connection of a master. */
final class Clients {
  /** The exit status of ssh for failures of its own, and of a command that chooses it. */
  static final int FAILED = 255;

  private final Master master;
  private final ControlDirectory directory;

  Clients(Master master, ControlDirectory directory) {
    this.master = master;
    this.directory = directory;
  }

  /** A process, and the file that it leaves where the master did not let it in. */
  record Client(Process process, Path refused, Master master) {
    /** Throws if it was ssh that failed, and not what ran on the node. */
    void check() throws NodeFailedException, InterruptedException {
      if (master.gone()) {
        throw master.lost();
      }
      if (Files.exists(refused)) {
        throw new NodeFailedException(
            new NodeFailure.RemoteFailure(
                "the server has no room for another channel (MaxSessions?)"));
      }
    }

    ProcessStream stream() {
      return new ProcessStream(process, this::ended);
    }

    private void ended() throws NodeFailedException, InterruptedException {
      if (process.waitFor() != 0) {
        check();
      }
    }
  }

  Client start(Redirect errors, List<String> options, Optional<String> remote)
      throws NodeFailedException {
    Path refused = directory.fresh();
    List<String> line = master.target().client(master.socket(), refused, options, remote);
    return new Client(start(new ProcessBuilder(line).redirectError(errors)), refused, master);
  }

  /** Asks the master for something; what it answers, nothing where it refuses. */
  String ask(List<String> request, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    List<String> line = master.target().request(master.socket(), request);
    Process process = start(new ProcessBuilder(line).redirectError(Redirect.DISCARD));
    try {
      if (!process.waitFor(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
        throw deadline.timedOut("connect");
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (NodeFailedException e) {
      throw e;
    } catch (IOException e) {
      return "";
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(ProcessBuilder builder) throws NodeFailedException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new NodeFailedException(
          new NodeFailure.RemoteFailure("ssh cannot be started: " + Causes.text(e)), e);
    }
  }
}
