package io.codeploy.multiquery.ssh.config;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.ssh.call.Deadline;
import io.codeploy.multiquery.ssh.call.Once;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the commands of {@code Match exec}, each text once in a run however many hosts ask. Of one
 * that takes longer than a second the person is told; one that takes half a minute is killed, and
 * what depends on it is refused: to go on as if it had failed might lead past a {@code ProxyJump}.
 * {@link #close} is final: it kills those that run, and none is started or believed afterwards.
 */
final class Conditions implements AutoCloseable {
  private static final long NOTICE_MILLIS = 1000;
  private static final long LIMIT_SECONDS = 30;

  private final SshSettings.LocalUser local;
  private final Person person;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /** Whether it held, by command; empty for a command that did not end by itself. */
  private final Once<String, Optional<Boolean>> results = new Once<>("ssh-condition", this::run);

  Conditions(SshSettings.LocalUser local, Person person) {
    this.local = local;
    this.person = person;
  }

  /** A runner that waits up to {@code deadline}; then the line is refused. */
  ConditionRunner within(Deadline deadline) {
    return (line, command) -> {
      try {
        return result(line, command, deadline).orElseThrow(() -> endless(line));
      } catch (TimeoutException e) {
        throw endless(line);
      } catch (ExecutionException e) {
        throw new UnsupportedDirectiveException(line, "cannot be run: " + Causes.text(e));
      }
    };
  }

  private static UnsupportedDirectiveException endless(ConfigLine line) {
    return new UnsupportedDirectiveException(line, "the command does not end");
  }

  private Optional<Boolean> result(ConfigLine line, String command, Deadline deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    long limit = deadline.remainingMillis();
    if (limit > NOTICE_MILLIS) {
      try {
        return results.get(command, NOTICE_MILLIS);
      } catch (TimeoutException e) {
        if (told.add(command)) {
          person.tell(line.place() + ": waiting for the command of Match exec: " + command);
        }
      }
    }
    return results.get(command, deadline.remainingMillis());
  }

  private Optional<Boolean> run(String command) throws IOException, InterruptedException {
    if (closed) {
      return Optional.empty();
    }
    ProcessBuilder builder =
        new ProcessBuilder(local.shell(), "-c", command)
            .redirectInput(Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    Process process = builder.start();
    running.add(process);
    try {
      // Looked at again: close() may have been over before it could see this process.
      boolean ended = !closed && process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      // One that close() killed has not said no.
      return ended && !closed ? Optional.of(process.exitValue() == 0) : Optional.empty();
    } finally {
      kill(process);
      running.remove(process);
    }
  }

  /** What a command that has ended left in the background stays. */
  private static void kill(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    closed = true;
    running.forEach(Conditions::kill);
  }
}
