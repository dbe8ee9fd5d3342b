package io.codeploy.multiquery.warm.keeper;

import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.socket.LocalSocket;
import io.codeploy.multiquery.socket.SocketWatch;
import io.codeploy.multiquery.warm.wire.Alarm;
import io.codeploy.multiquery.warm.wire.FrameType;
import io.codeploy.multiquery.warm.wire.Hello;
import io.codeploy.multiquery.warm.wire.Place;
import io.codeploy.multiquery.warm.wire.Wire;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The socket's place in the directory, which one keeper has at a time. */
final class Seat {
  /** A keeper that does not answer by then is no longer one. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Place place;
  private final Path socket;
  private final TimeSource time;
  private Optional<Object> ours = Optional.empty();

  Seat(Place place, Path socket, TimeSource time) {
    this.place = place;
    this.socket = socket;
    this.time = time;
  }

  Place place() {
    return place;
  }

  /** Listens on a socket that is made at the path. */
  interface Listening {
    void on(Path path) throws IOException;
  }

  /** Takes it, and what a dead keeper left there away; false if a live one has it. */
  boolean take(Listening listening) throws IOException {
    try (FileChannel file = lockFile();
        FileLock lock = Objects.requireNonNull(file.lock())) {
      if (isTaken()) {
        return false;
      }
      // Nobody is to see it before it is protected.
      Path fresh = socket.resolveSibling(socket.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      listening.on(fresh);
      place.protect(fresh);
      Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE);
      ours = key();
      return lock.isValid();
    }
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        place.lock(),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private boolean isTaken() {
    try (SocketWatch watch = SocketWatch.start();
        Wire wire = new Wire(LocalSocket.connect(socket, watch));
        Alarm alarm = Alarm.set(wire, PATIENCE, time)) {
      wire.send(Hello.frame());
      return wire.next().type() == FrameType.WELCOME && !alarm.rang();
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<Object> key() {
    try {
      return Optional.ofNullable(
          Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether clients that come to it still come to this keeper. */
  boolean isOurs() {
    return ours.isPresent() && ours.equals(key());
  }

  /** Takes the socket away, unless it is another's by now. */
  void leave() throws IOException {
    boolean interrupted = Thread.interrupted();
    try (FileChannel file = lockFile();
        FileLock lock = Objects.requireNonNull(file.lock())) {
      if (lock.isValid() && isOurs()) {
        Files.deleteIfExists(socket);
      }
    } catch (NoSuchFileException e) {
      // Somebody has removed the whole directory.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
