package io.codeploy.multiquery.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that a machine need not have: a test that wants one is skipped where it is missing. */
public final class Installed {
  private Installed() {}

  /** Skips the test unless {@code program} is in {@code /usr/bin}. */
  public static void assume(String program, String debianPackage) {
    Path file = Path.of("/usr/bin", program);
    assumeTrue(Files.isExecutable(file), () -> "no " + file + " (package " + debianPackage + ")");
  }
}
