package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Causes;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.ForwardingConnection;
import io.codeploy.multiquery.connect.LeashedCommand;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.shell.BashSign;
import io.codeploy.multiquery.shell.Token;
import io.codeploy.multiquery.shell.WaitingShell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A connection that may have a {@link Spare} for the next command on a leash. A stream, a subsystem
 * and a command without a leash end the spare first; one on a leash that no spare can run leaves
 * it. So that the spare, or one whose end the server has not seen yet, is in nobody's way, there is
 * none without room for more sessions.
 */
final class SparedConnection extends ForwardingConnection {
  /** It is no place for a shell to stay, and what start-up files set grows old. */
  private static final Duration MOST_IDLE = Duration.ofMinutes(5);

  /** For a server to show that it has room. Meanwhile a command that comes has to wait. */
  private static final Duration ROOM = Duration.ofSeconds(3);

  /** How many may not wait in time, as where a node has much to do. */
  private static final int MOST_LATE = 2;

  private final Token token;
  private final TimeSource time;
  private final Turns turns = new Turns();
  private final AtomicReference<Optional<Spare>> spare = new AtomicReference<>(Optional.empty());
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicBoolean starting = new AtomicBoolean();
  private volatile Prospect prospect = Prospect.UNKNOWN;

  /** A command that a spare could have run came to its end. */
  private volatile boolean wanted;

  /** Whether spares can be had. */
  private enum Prospect {
    UNKNOWN,
    /** A bash has run a command: nothing else will run because a spare is asked for. */
    BASH,
    /** The server has room, too. */
    GOOD,
    NONE
  }

  /**
   * Wraps a connection.
   *
   * @param token for {@link BashSign}
   */
  SparedConnection(Connection connection, Token token, TimeSource time) {
    super(connection);
    this.token = token;
    this.time = time;
  }

  /** Whether a spare is to be started when there is time. */
  boolean wantsSpare() {
    return wanted && canHaveSpare() && !hasSpare() && isOpen();
  }

  private boolean canHaveSpare() {
    return prospect == Prospect.BASH || prospect == Prospect.GOOD;
  }

  /** Whether there is one that waits, as far as is known here. */
  boolean hasSpare() {
    return current().filter(waiting -> waiting.shell().isOpen()).isPresent();
  }

  /**
   * Starts one if there can be one, and returns when it waits. Who loses patience interrupts; there
   * is another try after that, and no third.
   *
   * @param limit until the server has started it
   */
  void startSpare(WaitingShell words, Duration limit) throws InterruptedException {
    if (!starting.compareAndSet(false, true)) {
      return;
    }
    try {
      long entered = turns.entered();
      if (canHaveSpare() && hasRoom()) {
        start(words, limit, entered);
      }
    } finally {
      starting.set(false);
    }
  }

  private void start(WaitingShell words, Duration limit, long entered) throws InterruptedException {
    boolean told = false;
    try {
      Optional<Spare> started = Spare.start(connection(), words, limit, time.nanoTime());
      prospect = started.isPresent() ? Prospect.GOOD : Prospect.NONE;
      told = true;
      keep(started, entered);
    } catch (NodeFailedException e) {
      // There can be none, or the connection is lost, which the next command will find.
      prospect = Prospect.NONE;
      told = true;
    } finally {
      if (!told && late.incrementAndGet() >= MOST_LATE) {
        prospect = Prospect.NONE;
      }
    }
  }

  /** Unless something else has begun since there were {@code entered} uses. */
  private void keep(Optional<Spare> started, long entered) {
    wanted = false;
    spare.getAndSet(started).ifPresent(Spare::close);
    if (turns.entered() != entered) {
      wanted = true;
      takeSpare().ifPresent(Spare::close);
    }
  }

  /** False also while something else is done. */
  private boolean hasRoom() throws InterruptedException {
    if (prospect == Prospect.GOOD) {
      return true;
    }
    if (!turns.takeAlone()) {
      return false;
    }
    boolean found = false;
    try {
      found = connection().hasRoomToStandBy(ROOM);
      return found;
    } finally {
      // A server that does not answer is not asked again.
      prospect = found ? Prospect.GOOD : Prospect.NONE;
      turns.giveBack();
    }
  }

  /** Ends a spare that nobody has used for long, and what is left of one that has ended. */
  void dropOldSpare() {
    Optional<Spare> waiting = current();
    if (waiting.isPresent()
        && (!waiting.get().shell().isOpen()
            || time.since(waiting.get().sinceNanos()).compareTo(MOST_IDLE) > 0)
        && spare.compareAndSet(waiting, Optional.empty())) {
      waiting.get().close();
    }
  }

  private Optional<Spare> current() {
    return Objects.requireNonNull(spare.get());
  }

  private Optional<Spare> takeSpare() {
    return spare.getAndSet(Optional.empty());
  }

  private interface Step<T> {
    T take() throws NodeFailedException, InterruptedException;
  }

  private <T> T inTurn(Step<T> step) throws NodeFailedException, InterruptedException {
    turns.enter();
    try {
      return step.take();
    } finally {
      turns.leave();
    }
  }

  private <T> T withoutSpare(Step<T> step) throws NodeFailedException, InterruptedException {
    return inTurn(
        () -> {
          takeSpare().ifPresent(Spare::close);
          return step.take();
        });
  }

  @Override
  public ExitStatus executeOnLeash(
      LeashedCommand command, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    Optional<String> handed = command.handed();
    if (handed.isEmpty()) {
      return inTurn(() -> super.executeOnLeash(command, leash, out, err, limit));
    }
    Optional<ExitStatus> bySpare = inTurn(() -> bySpare(handed.get(), leash, out, err, limit));
    ExitStatus status =
        bySpare.isPresent()
            ? bySpare.get()
            : inTurn(() -> byLogin(command, leash, out, err, limit));
    wanted = true;
    return status;
  }

  /** The first of these shows whether a bash runs them. */
  private ExitStatus byLogin(
      LeashedCommand command, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    if (prospect != Prospect.UNKNOWN) {
      return super.executeOnLeash(command, leash, out, err, limit);
    }
    BashSign sign = new BashSign(err, token);
    LeashedCommand signed = command.withText(sign.in(command.text()));
    try (sign) {
      ExitStatus status = super.executeOnLeash(signed, leash, out, sign, limit);
      prospect = sign.isSeen() ? Prospect.BASH : Prospect.NONE;
      return status;
    } catch (IOException e) {
      throw Causes.outputLost(e);
    }
  }

  /** Empty if it has run nothing. */
  private Optional<ExitStatus> bySpare(
      String text, InputStream leash, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    Optional<Spare> waiting = takeSpare();
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    try (Spare taken = waiting.get()) {
      return taken.shell().isOpen() ? taken.run(text, leash, out, err, limit) : Optional.empty();
    }
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException, InterruptedException {
    return withoutSpare(() -> super.execute(command, stdin, out, err, limit));
  }

  @Override
  public ByteStream open(String command, Duration limit)
      throws NodeFailedException, InterruptedException {
    return withoutSpare(() -> super.open(command, limit));
  }

  @Override
  public ByteStream openSubsystem(String name, Duration limit)
      throws NodeFailedException, InterruptedException {
    return withoutSpare(() -> super.openSubsystem(name, limit));
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException, InterruptedException {
    return withoutSpare(() -> super.files(limit));
  }
}
