package io.codeploy.multiquery.command;

import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.FileTrouble;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.ssh.config.Person;
import io.codeploy.multiquery.ssh.config.SshConfigException;
import io.codeploy.multiquery.ssh.config.SshConfigReader;
import io.codeploy.multiquery.ssh.config.SshSettings;
import io.codeploy.multiquery.warm.ConnectorOnDemand;
import io.codeploy.multiquery.warm.client.Fingerprint;
import io.codeploy.multiquery.warm.client.Keepers;
import io.codeploy.multiquery.warm.wire.Place;
import io.codeploy.multiquery.warm.wire.Wishes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Sessions that a keeper keeps between runs: which keeper, where, and what if there is none. */
final class WarmSessions {
  /** The first argument of a keeper's process. */
  static final String KEEPER = "--keeper";

  private static final Path HERE = Path.of("");

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final Surroundings surroundings;
  private final TimeSource time;

  WarmSessions(Surroundings surroundings, TimeSource time) {
    this.surroundings = surroundings;
    this.time = time;
  }

  /** The directory of the sockets. */
  static Path directory(Surroundings surroundings) {
    return surroundings
        .variable("XDG_RUNTIME_DIR")
        .map(Path::of)
        .filter(runtime -> runtime.isAbsolute() && isOwn(runtime, surroundings.userName()))
        .map(runtime -> runtime.resolve("codeploy"))
        .orElseGet(() -> surroundings.cacheDirectory().resolve("run"));
  }

  /** Root after {@code su} has the variable of somebody else. */
  private static boolean isOwn(Path runtime, String user) {
    try {
      return Files.getOwner(runtime).getName().equals(user);
    } catch (IOException e) {
      return false;
    }
  }

  /** Throws if the directory is not ours alone. */
  Keepers keepers() throws IOException {
    return new Keepers(Place.in(directory(surroundings), surroundings.userName()), time);
  }

  /**
   * A connector over kept sessions; where that is not possible, says so in a line and returns one
   * without.
   */
  Connector connector(SshOptions ssh, Duration keep) throws IOException {
    Person person = new TerminalPerson(surroundings.err());
    ConnectorOnDemand.Source cold = () -> ssh.cold(surroundings, person, time);
    try {
      Path program = surroundings.distribution().resolve("bin/multiquery");
      if (surroundings.distribution().toString().isEmpty() || !Files.isExecutable(program)) {
        throw new IOException("there is no " + program + " to keep them");
      }
      Keepers.Wanted wanted =
          new Keepers.Wanted(
              fingerprint(ssh, program), new Wishes(ssh.slice(), ssh.command(), keep));
      Keepers.Start start =
          new Keepers.Start(
              List.of(program.toString(), KEEPER),
              namesFiles(ssh) ? HERE.toAbsolutePath() : surroundings.home());
      return keepers().visit(wanted, start, person, cold);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IOException e) {
      person.tell("sessions are not kept: " + FileTrouble.text(e));
      return cold.open();
    }
  }

  private String fingerprint(SshOptions ssh, Path program) throws IOException {
    SshSettings settings = surroundings.ssh(ssh.slice());
    List<Path> files = configFiles(settings);
    Fingerprint print =
        new Fingerprint()
            .withFile("boot", BOOT)
            .with("distribution", surroundings.distribution().toString())
            .with("version", surroundings.version())
            .with("build", Files.readAttributes(program, "unix:ino,ctime").toString());
    ssh.slice().ifPresent(slice -> print.with("slice", slice));
    ssh.command().ifPresent(command -> withCommand(print, command));
    files.forEach(file -> print.withFile("config", file));
    return print.withEnvironment(surroundings.environment(), files).value();
  }

  private static void withCommand(Fingerprint print, String command) {
    print.with("ssh-command", command);
    List<Path> files = files(command);
    files.forEach(file -> print.withFile("file", file));
    if (isOfHere(files)) {
      print.with("directory", HERE.toAbsolutePath().toString());
    }
  }

  /** Whether {@code ssh} names files in a way that another directory would give another meaning. */
  private static boolean namesFiles(SshOptions ssh) {
    return ssh.command().map(WarmSessions::files).map(WarmSessions::isOfHere).orElse(false);
  }

  private static boolean isOfHere(List<Path> files) {
    return files.stream().anyMatch(file -> !file.isAbsolute());
  }

  private static List<Path> files(String command) {
    return Stream.of(command.split("[\\s'\"=]+", -1))
        .filter(word -> !word.isEmpty())
        .map(Path::of)
        .filter(Files::isRegularFile)
        .toList();
  }

  /** What ssh itself reads with {@code --ssh-command} may be more than our reader understands. */
  private static List<Path> configFiles(SshSettings settings) {
    SshConfigReader reader = new SshConfigReader(settings.local().home());
    try {
      reader.read(settings.configFiles());
      return reader.filesRead();
    } catch (SshConfigException e) {
      return settings.configFiles();
    }
  }

  /** Tells what all keepers of this user keep. */
  ExitCode list() throws IOException {
    Keepers.Answers answers = keepers().list();
    for (Keepers.KeptSession kept : answers.sessions()) {
      String user = kept.user().map(u -> u + "@").orElse("");
      String port = kept.port().isPresent() ? ":" + kept.port().getAsInt() : "";
      String host = kept.host().contains(":") ? "[" + kept.host() + "]" : kept.host();
      surroundings
          .out()
          .println("%s%s%s  %d s".formatted(user, host, port, kept.left().toSeconds()));
    }
    refuse(answers.silent());
    return ExitCode.OK;
  }

  /** Ends all keepers of this user. */
  ExitCode quit() throws IOException {
    refuse(keepers().quit());
    return ExitCode.OK;
  }

  private static void refuse(List<Path> silent) throws IOException {
    if (!silent.isEmpty()) {
      String sockets = String.join(", ", silent.stream().map(Path::toString).toList());
      throw new IOException(
          "no answer from the keeper of sessions at " + sockets + "; is it stopped?");
    }
  }
}
