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
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pushes to real sshd whose connections fail on the way: one node's fails, the other's does not.
 */
class FaultsIT {
  /** In the middle of the large file; far more than what is on its way at any time is left. */
  private static final long FAULT_BYTES = 30L * MEBI;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESETS", "CLOSES", "GARBLES"})
  void aLostConnectionFailsItsNodeAloneAndIsGoneOnWithByTheNextRun(Fault fault) throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(fault, FAULT_BYTES)) {
      PushRig.Result result = rig.push(door);

      DoorRig.assertFailedAlone(door, result);
      rig.assertHas(rig.second());
      assertFalse(Files.exists(rig.first().home().resolve("to/tree")));
      Stages.awaitLeft(rig.first().home());

      PushRig.Result again = rig.push(door);

      assertEquals(ExitCode.OK, again.code(), again.err());
      rig.assertHas(rig.first());
      assertEquals(0, again.bytes(1));
      assertTrue(again.bytes(0) < BIG_BYTES - MEBI, "what was there is not sent again");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESETS", "CLOSES", "GARBLES"})
  void aRetryGoesOnWhereTheConnectionWasLost(Fault fault) throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(fault, FAULT_BYTES)) {
      PushRig.Result result = rig.push(door, "--retries", "1");

      assertTrue(door.hasFailed());
      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      rig.assertHas(rig.first());
      rig.assertHas(rig.second());
      assertTrue(result.bytes(0) < BIG_BYTES + FAULT_BYTES - MEBI, "it was not begun anew");
    }
  }

  @Test
  void aConnectionThatHangsTimesOutAndIsGoneOnWith() throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(Fault.HANGS, FAULT_BYTES)) {
      PushRig.Result result = rig.push(door, "--progress-timeout", "15", "--retries", "1");

      assertTrue(door.hasFailed());
      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      rig.assertHas(rig.first());
      rig.assertHas(rig.second());
      assertTrue(result.bytes(0) < BIG_BYTES + FAULT_BYTES - MEBI, "it was not begun anew");
    }
  }

  @Test
  void aRetryIsNotTakenInByAnotherHost() throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(Fault.HANGS, FAULT_BYTES)) {
      FutureTask<PushRig.Result> run =
          new FutureTask<>(() -> rig.push(door, "--retries", "3", "--progress-timeout", "10"));
      Thread.ofPlatform().name("push").start(run);
      door.awaitFailure();
      door.leadTo(rig.second());

      PushRig.Result result = run.get();

      assertEquals(ExitCode.UNREACHABLE, result.code(), result.out() + result.err());
      assertTrue(result.line(0).contains("\"cause\":\"host key rejected\""), result.out());
      rig.assertHas(rig.second());
    }
  }

  @Test
  void slowBytesAreBytes() throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(Fault.DRIPS, MEBI / 2)) {
      // Nothing that compression would make small.
      byte[] content = new byte[MEBI];
      new Random(5).nextBytes(content);
      Files.write(rig.big(), content);

      PushRig.Result result = rig.push(door);

      assertTrue(door.hasFailed());
      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      rig.assertHas(rig.first());
    }
  }
}
