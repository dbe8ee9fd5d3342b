package io.codeploy.multiquery.systemssh;

import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.ssh.call.CarriedStreams;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * One ssh process that runs a command: three threads carry its streams, the caller waits for its
 * end. They are platform threads, since a read of a pipe would hold the carrier of a virtual one. A
 * slow sink makes the pipe run full, and then the window of its channel.
 */
final class CommandProcess {
  private final Process process;
  private final CarriedStreams streams = new CarriedStreams(Thread.ofPlatform().daemon(), 0);

  CommandProcess(Process process) {
    this.process = process;
  }

  /** Runs to the end and returns ssh's exit status; the sinks are not touched afterwards. */
  int run(InputStream stdin, OutputStream out, OutputStream err, Deadline deadline)
      throws NodeFailedException, InterruptedException {
    try {
      streams.carry(
          process.getInputStream(),
          out,
          process.getErrorStream(),
          err,
          stdin,
          process.getOutputStream());
      if (!streams.await(deadline)) {
        throw deadline.timedOut("command");
      }
      if (streams.failure().isPresent()) {
        throw new NodeFailedException(streams.failure().get());
      }
      if (!process.waitFor(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
        throw deadline.timedOut("command");
      }
      return process.exitValue();
    } finally {
      streams.letGo(process::destroyForcibly);
    }
  }
}
