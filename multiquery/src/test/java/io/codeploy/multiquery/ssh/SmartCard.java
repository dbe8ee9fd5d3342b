package io.codeploy.multiquery.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PKCS#11 token in software, by SoftHSM. */
record SmartCard(Path directory) {
  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "4711";

  static Optional<String> unavailableReason() {
    return Files.exists(LIBRARY)
        ? Optional.empty()
        : Optional.of("no " + LIBRARY + " (package softhsm2)");
  }

  /** With the private key of a PKCS#8 file on it. */
  static SmartCard with(Path key, Path directory) throws Exception {
    Path tokens = Files.createDirectories(directory.resolve("tokens"));
    Files.writeString(
        directory.resolve("softhsm2.conf"),
        "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    Path ask = directory.resolve("ask");
    Files.writeString(ask, "#!/bin/sh\necho " + PIN + "\n");
    Files.setPosixFilePermissions(ask, PosixFilePermissions.fromString("rwx------"));
    SmartCard card = new SmartCard(directory);
    card.run("--init-token", "--free", "--label", "card", "--pin", PIN, "--so-pin", PIN);
    String file = key.toString();
    card.run("--import", file, "--label", "key", "--id", "01", "--token", "card", "--pin", PIN);
    return card;
  }

  private void run(String... options) throws Exception {
    var command = new java.util.ArrayList<>(List.of("softhsm2-util"));
    command.addAll(List.of(options));
    ProcessBuilder util = new ProcessBuilder(command).redirectErrorStream(true);
    util.redirectOutput(directory.resolve("log").toFile());
    util.environment().putAll(environment());
    assertEquals(0, util.start().waitFor(), () -> "see " + directory.resolve("log"));
  }

  /** By which programs find the card, and ssh-add its PIN. */
  Map<String, String> environment() {
    return Map.of(
        "SOFTHSM2_CONF", directory.resolve("softhsm2.conf").toString(),
        "SSH_ASKPASS", directory.resolve("ask").toString(),
        "SSH_ASKPASS_REQUIRE", "force");
  }

  /** As ssh-agent, which goes by the real path, wants it. */
  static String library() throws IOException {
    return LIBRARY.toRealPath().toString();
  }
}
