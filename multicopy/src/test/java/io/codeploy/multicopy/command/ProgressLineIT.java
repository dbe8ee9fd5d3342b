package io.codeploy.multicopy.command;

import static io.codeploy.multicopy.command.DoorRig.MEBI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultyDoor;
import io.codeploy.fixtures.ssh.FaultyDoor.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line that shows on a terminal how far a run is. */
class ProgressLineIT {
  private static final String CLEAR = "\r\033[K";

  /** One node is done, and some of what the other gets has left. */
  private static final Pattern HALFWAY =
      Pattern.compile("\r\u001b\\[K1/2 nodes, [0-9.]+ MB of ~?[0-9.]+ MB");

  @TempDir Path directory;

  @Test
  void isDrawnOverAndGoneAtTheEnd() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script(1)");
    Path screen = directory.resolve("operator/out");
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(Fault.HANGS, 20L * MEBI)) {
      Process client = rig.startOnTerminal(door, "--progress-timeout", "0");
      PushRig.until(
          "the line shows how far it is", () -> HALFWAY.matcher(Files.readString(screen)).find());
      door.release();

      assertEquals(0, client.waitFor(), Files.readString(screen));
      rig.assertHas(rig.first());
      String shown = Files.readString(screen);
      String last = shown.substring(shown.lastIndexOf(CLEAR) + CLEAR.length());
      assertTrue(last.isEmpty() || last.endsWith("\n"), "the line is still there: " + last);
      long rows = shown.lines().filter(line -> line.contains("\"outcome\":\"succeeded\"")).count();
      assertEquals(2, rows, shown);
    }
  }
}
