package io.codeploy.multicopy.command;

import static io.codeploy.multicopy.command.DoorRig.BIG_BYTES;
import static io.codeploy.multicopy.command.DoorRig.MEBI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultyDoor;
import io.codeploy.fixtures.ssh.FaultyDoor.Fault;
import io.codeploy.multiquery.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pulls from real sshd whose connections fail while contents come: one node's fails, the other's
 * does not.
 */
class PullFaultsIT {
  /** In the middle of the contents; far more than what is on its way at any time is left. */
  private static final long FAULT_BYTES = 30L * MEBI;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESETS", "CLOSES", "GARBLES"})
  void aLostConnectionFailsItsNodeAloneAndIsGoneOnWithByTheNextRun(Fault fault) throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.doorOfNode(fault, FAULT_BYTES)) {
      rig.plant();

      failsThenGoesOn(rig, door);
    }
  }

  @Test
  void filesThatCameWholeAreNotFetchedAgain() throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.doorOfNode(Fault.CLOSES, FAULT_BYTES)) {
      Files.delete(rig.big());
      Random random = new Random(5);
      byte[] content = new byte[MEBI];
      for (int i = 0; i < BIG_BYTES / MEBI; i++) {
        random.nextBytes(content);
        Files.write(rig.big().resolveSibling("medium" + i), content);
      }
      rig.plant();

      failsThenGoesOn(rig, door);
    }
  }

  private static void failsThenGoesOn(DoorRig rig, FaultyDoor door) throws Exception {
    PushRig.Result result = rig.pull(door);

    DoorRig.assertFailedAlone(door, result);
    rig.assertIsWhole(rig.got().resolve("1/tree"));
    assertFalse(Files.exists(rig.got().resolve("0/tree")));

    PushRig.Result again = rig.pull(door);

    assertEquals(ExitCode.OK, again.code(), again.out() + again.err());
    rig.assertIsWhole(rig.got().resolve("0/tree"));
    assertEquals(List.of(), PushRig.stages(rig.got()));
    assertEquals(0, again.bytes(1));
    assertTrue(again.bytes(0) < BIG_BYTES - MEBI, "what was here is not fetched again");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESETS", "HANGS"})
  void aRetryGoesOnWhereTheConnectionWasLost(Fault fault) throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.doorOfNode(fault, FAULT_BYTES)) {
      rig.plant();

      PushRig.Result result = rig.pull(door, "--progress-timeout", "15", "--retries", "1");

      assertTrue(door.hasFailed());
      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      rig.assertIsWhole(rig.got().resolve("0/tree"));
      rig.assertIsWhole(rig.got().resolve("1/tree"));
      assertEquals(List.of(), PushRig.stages(rig.got()));
      assertTrue(result.bytes(0) < BIG_BYTES + FAULT_BYTES - MEBI, "it was not begun anew");
    }
  }
}
