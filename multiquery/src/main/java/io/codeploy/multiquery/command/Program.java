package io.codeploy.multiquery.command;

import io.codeploy.multiquery.fanout.Steering;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A command as a process: environment, streams, signals, exit. What every {@code Main} calls. */
public final class Program {
  /** For the summary of an interrupted run and for what it has to take back. */
  private static final long MAX_GOODBYE_SECONDS = 15;

  private Program() {}

  /** A command, called once with its arguments; prints its own errors. */
  @FunctionalInterface
  public interface Command {
    /**
     * Runs to the end. Interrupted, it ends soon, after its summary.
     *
     * @param ssh what has begun before the arguments were read
     */
    ExitCode run(EarlySsh ssh, Surroundings surroundings, List<String> arguments);
  }

  /**
   * Runs {@code command} in the calling thread and exits with its status. SIGINT and SIGTERM
   * interrupt that thread; the process then ends as a signal ends one, 128 + its number, when the
   * command has returned or has had fifteen seconds to. So does a standard output that nobody takes
   * any more: the process then ends as one that SIGPIPE ended.
   *
   * @param name of the command, for messages
   * @param main whose package tells the version
   */
  public static void run(String name, Class<?> main, Command command, String... arguments) {
    EarlySsh ssh = EarlySsh.begin(List.of(arguments), System.getenv());
    CountDownLatch done = new CountDownLatch(1);
    Thread thread = Thread.currentThread();
    interruptOnSignal(thread, done);
    StandardStreams streams =
        new StandardStreams(
            name,
            new FileOutputStream(FileDescriptor.out),
            System.err,
            System.out.charset(),
            thread::interrupt);
    ExitCode code = ExitCode.INTERNAL;
    try {
      code = new Rehearsal(command).run(ssh, surroundings(main, streams), List.of(arguments));
    } catch (RuntimeException | Error e) {
      streams.err().println(name + ": internal error, please report it: " + e);
      e.printStackTrace(streams.err());
    } finally {
      code = streams.end(code);
      done.countDown();
    }
    System.exit(code.status());
  }

  private static void interruptOnSignal(Thread main, CountDownLatch done) {
    Runnable goodbye =
        () -> {
          main.interrupt();
          try {
            done.await(MAX_GOODBYE_SECONDS, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(goodbye, "codeploy-goodbye"));
  }

  private static Surroundings surroundings(Class<?> main, StandardStreams streams) {
    String version = main.getPackage().getImplementationVersion();
    // An empty one would have .ssh/config of whatever directory this is started in believed.
    String home =
        Optional.ofNullable(System.getenv("HOME"))
            .filter(named -> Path.of(named).isAbsolute())
            .orElse(System.getProperty("user.home"));
    return new Surroundings(
        System.getenv(),
        Path.of(home),
        System.getProperty("user.name"),
        Path.of(System.getProperty("java.io.tmpdir")),
        Path.of(System.getProperty("codeploy.home", "")),
        version == null ? "(not packaged)" : version,
        RandomGenerator.getDefault(),
        new InterruptibleInput(() -> new FileInputStream(FileDescriptor.in).getChannel()),
        streams.out(),
        streams.err(),
        controls());
  }

  /**
   * Whether a descriptor of this process is a terminal. Java tells of input and output together;
   * Linux of each. Elsewhere they are plain.
   */
  public static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static Controls controls() {
    Steering steering = new Steering();
    Signals.on("USR1", steering::widen);
    Signals.on("USR2", steering::narrow);
    return new Controls(openFiles(), steering);
  }

  private static OptionalInt openFiles() {
    try {
      return OpenFiles.limit(Files.readString(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      // Not on Linux: the limit shows when it is met.
      return OptionalInt.empty();
    }
  }
}
