package io.codeploy.cli.origin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which process made an offered directory, so that a later one can tell whether it is still there.
 * Three lines: pid, start of the process, machine.
 */
record OwnerMark(long pid, String started, String machine) {
  static final String FILE_NAME = "pid";

  private static final Path MACHINE_ID = Path.of("/etc/machine-id");

  /** That of this process. */
  static OwnerMark own() {
    ProcessHandle self = ProcessHandle.current();
    return new OwnerMark(self.pid(), started(self), thisMachine());
  }

  /** The mark in the offered directory {@code dir}, if there is one. */
  static Optional<OwnerMark> in(Path dir) {
    try {
      List<String> lines = Files.readAllLines(dir.resolve(FILE_NAME));
      return Optional.of(new OwnerMark(Long.parseLong(lines.get(0)), lines.get(1), lines.get(2)));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  ByteBuffer bytes() {
    String lines = pid + "\n" + started + "\n" + machine + "\n";
    return ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether that process ran on this machine and does no more. */
  boolean gone() {
    return machine.equals(thisMachine())
        && ProcessHandle.of(pid).filter(process -> started(process).equals(started)).isEmpty();
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("-");
  }

  private static String thisMachine() {
    try {
      return Files.readString(MACHINE_ID).strip();
    } catch (IOException e) {
      return "-";
    }
  }
}
