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
import java.util.concurrent.TimeUnit;

/** The ssh process that holds a connection; others take part in it through its socket. */
final class Master {
  private static final long POLL_MILLIS = 10;
  private static final long LET_GO_MILLIS = 1000;

  private final Target target;
  private final Process process;
  private final Path socket;
  private final Path log;

  private Master(Target target, Process process, Path socket, Path log) {
    this.target = target;
    this.process = process;
    this.socket = socket;
    this.log = log;
  }

  /** Starts it; it is of use after {@link #await}. */
  static Master start(Target target, ControlDirectory directory) throws NodeFailedException {
    Path socket = directory.fresh();
    Path log = directory.fresh();
    try {
      // Its complaints go to a file: no thread and no descriptor for the few that there are.
      Process process =
          new ProcessBuilder(target.master(socket))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(log.toFile())
              .start();
      return new Master(target, process, socket, log);
    } catch (IOException e) {
      throw new NodeFailedException(
          new NodeFailure.Unreachable("ssh cannot be started: " + Causes.text(e)), e);
    }
  }

  /** Returns when it is logged in: ssh listens on the socket from then on. */
  void await(Deadline deadline) throws NodeFailedException, InterruptedException {
    while (!Files.exists(socket)) {
      if (deadline.passed()) {
        throw deadline.timedOut("connect");
      }
      long millis = Math.min(POLL_MILLIS, deadline.remainingMillis());
      if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
        throw new NodeFailedException(
            SshFailures.connecting(said(0), deadline.time().since(deadline.startNanos())));
      }
    }
  }

  Target target() {
    return target;
  }

  Path socket() {
    return socket;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether the connection is lost. Asks the process: its end may not have been noticed yet. */
  boolean gone() throws InterruptedException {
    if (!process.isAlive()) {
      return true;
    }
    try {
      return new ProcessBuilder(target.request(socket, List.of("-O", "check")))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          != 0;
    } catch (IOException e) {
      return !process.isAlive();
    }
  }

  NodeFailedException lost() {
    return new NodeFailedException(
        new NodeFailure.Disconnected(
            target.node() + ": connection lost: " + SshFailures.lastLine(said(0))));
  }

  /** How much it has complained so far. */
  long saidBytes() {
    return log.toFile().length();
  }

  /** Its complaints, but for the first {@code from} bytes. */
  String said(long from) {
    try {
      byte[] all = Files.readAllBytes(log);
      int start = (int) Math.min(from, all.length);
      return new String(all, start, all.length - start, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends it, and with it whoever takes part; does not wait. */
  void close() {
    process.destroy();
  }

  /** Waits a little for its end, then sees to it. */
  void awaitEnd() {
    boolean interrupted = false;
    try {
      process.waitFor(LET_GO_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    process.destroyForcibly();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
