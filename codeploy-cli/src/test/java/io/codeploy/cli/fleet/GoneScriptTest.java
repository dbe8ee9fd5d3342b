package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a sleep that takes no time, and tells how long it was to be. */
class GoneScriptTest {
  private static final String SLEEP = "#!/bin/sh\n%secho \"$1\" >>\"$HOME/slept\"\n";

  @TempDir Path home;

  /** What was slept while a process was waited for that does not end. */
  private List<String> slept(String sleep) throws Exception {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.setPosixFilePermissions(
        Files.writeString(bin.resolve("sleep"), sleep),
        PosixFilePermissions.fromString("rwxr-xr-x"));
    String process = Long.toString(ProcessHandle.current().pid());
    new LocalShell(home, Map.of("PATH", bin + ":/usr/bin:/bin"))
        .execute(
            Script.fromStandardInput(List.of(home.toString(), process, "asked")),
            new ByteArrayInputStream(Script.GONE.text()),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Duration.ZERO);
    return Files.readAllLines(home.resolve("slept"));
  }

  @Test
  void waitsTenSecondsAtMost() throws Exception {
    assertEquals(Collections.nCopies(100, "0.1"), slept(SLEEP.formatted("")));
  }

  @Test
  void waitsNoLongerWhereSleepKnowsNoFractions() throws Exception {
    assertEquals(
        Collections.nCopies(10, "1"), slept(SLEEP.formatted("case $1 in *.*) exit 1 ;; esac\n")));
  }
}
