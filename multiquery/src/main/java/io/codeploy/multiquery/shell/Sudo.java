package io.codeploy.multiquery.shell;

import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.LeashedCommand;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Running a command as root. The password goes to a node only when sudo there asks with the prompt
 * of this run, once, and only until the command has started.
 *
 * @param password if there is one; nodes where sudo wants none work without
 * @param token of its prompt and of what it says
 */
public record Sudo(Optional<Password> password, Token token) {
  public Sudo {
    Objects.requireNonNull(password, "password is null");
    Objects.requireNonNull(token, "token is null");
  }

  /** One for a run. */
  public static Sudo of(Optional<Password> password, RandomGenerator random) {
    return new Sudo(password, Token.next(random));
  }

  private String prompt() {
    return token.says("password");
  }

  private String started() {
    return token.says("started");
  }

  /** What the command is preceded by, once sudo has let it through. */
  String announcement() {
    return "printf %s \"" + started() + "\" >&2; ";
  }

  /** Runs {@code framed}, which begins with the announcement, as root. */
  ExitStatus run(
      Connection connection,
      String framed,
      Optional<BroadcastInput> input,
      OutputStream out,
      OutputStream err,
      Duration limit)
      throws NodeFailedException, InterruptedException {
    try (Leash leash = new Leash()) {
      Answers answers = new Answers(leash, input);
      Watchwords told =
          new Watchwords(err)
              .on(prompt(), answers::passwordWanted)
              .on(started(), answers::commandStarted);
      String command = Frame.sudo(prompt(), framed);
      ExitStatus status =
          connection.executeOnLeash(LeashedCommand.of(command), leash, out, told, limit);
      told.finish();
      answers.check();
      return status;
    } catch (IOException e) {
      throw Causes.outputLost(e);
    }
  }

  /** The state of one node's conversation; called by the thread that carries its stderr. */
  private final class Answers {
    private final Leash leash;
    private final Optional<BroadcastInput> input;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean running;

    Answers(Leash leash, Optional<BroadcastInput> input) {
      this.leash = leash;
      this.input = input;
    }

    void passwordWanted() {
      if (running) {
        return;
      }
      if (asked.incrementAndGet() == 1 && password.isPresent()) {
        leash.offer(password.get().line());
      } else {
        leash.close();
      }
    }

    void commandStarted() {
      running = true;
      input.ifPresent(leash::offer);
    }

    void check() throws NodeFailedException {
      if (!running && asked.get() > 0) {
        throw new NodeFailedException(
            new NodeFailure.RemoteFailure(
                password.isPresent()
                    ? "sudo did not accept the password"
                    : "sudo wants a password, and none was given"));
      }
    }
  }
}
