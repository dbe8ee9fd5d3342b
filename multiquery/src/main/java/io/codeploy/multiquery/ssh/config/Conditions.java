package io.codeploy.multiquery.ssh.config;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.call.Once;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the commands of {@code Match exec}, each text once in a run however many hosts ask. A
 * command that takes longer than a minute is killed and has failed.
 */
final class Conditions {
  private static final long LIMIT_SECONDS = 60;

  private final SshSettings.LocalUser local;
  private final Once<String, Boolean> results = new Once<>("ssh-condition", this::run);

  Conditions(SshSettings.LocalUser local) {
    this.local = local;
  }

  /** A runner that waits up to {@code deadline}; then the line is refused. */
  ConditionRunner within(Deadline deadline) {
    return (line, command) -> {
      try {
        return results.get(command, deadline.remainingMillis());
      } catch (TimeoutException e) {
        throw new UnsupportedDirectiveException(line, "the command does not end");
      } catch (ExecutionException e) {
        throw new UnsupportedDirectiveException(line, "cannot be run: " + Causes.text(e));
      }
    };
  }

  private boolean run(String command) throws IOException, InterruptedException {
    String shell = local.environment().getOrDefault("SHELL", "/bin/sh");
    ProcessBuilder builder =
        new ProcessBuilder(shell, "-c", command)
            .redirectInput(Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    Process process = builder.start();
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
