package io.codeploy.multicopy.command;

import static io.codeploy.multicopy.command.DoorRig.BIG_BYTES;
import static io.codeploy.multicopy.command.DoorRig.MEBI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultyDoor;
import io.codeploy.fixtures.ssh.FaultyDoor.Fault;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends that nobody can prepare for, at places that chance finds, and a run afterwards. */
class KillsIT {
  /** A login is done by then, perhaps not the look at the destination. */
  private static final int LEAST_BYTES = 4000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aKilledClientLeavesNothingThatTheNextRunDoesNotTidyUp(long seed) throws Exception {
    long bytes = new SplittableRandom(seed).nextLong(LEAST_BYTES, BIG_BYTES);
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(Fault.HANGS, bytes)) {
      Process client = rig.start(door);
      door.awaitFailure();
      client.destroyForcibly().waitFor();
      door.release();
      assertFalse(Files.exists(rig.first().home().resolve("to/tree")));
      Stages.awaitLeft(directory.resolve("nodes"));

      PushRig.Result result = rig.push(door);

      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      rig.assertHas(rig.first());
      rig.assertHas(rig.second());
    }
  }

  @Test
  void aKilledPullLeavesNothingThatTheNextRunDoesNotTidyUp() throws Exception {
    long bytes = new SplittableRandom(4).nextLong(LEAST_BYTES, BIG_BYTES);
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.doorOfNode(Fault.HANGS, bytes)) {
      rig.plant();
      Process client = rig.startPull(door);
      door.awaitFailure();
      client.destroyForcibly().waitFor();
      door.release();
      assertFalse(Files.exists(rig.got().resolve("0/tree")));

      PushRig.Result result = rig.pull(door);

      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      rig.assertIsWhole(rig.got().resolve("0/tree"));
      rig.assertIsWhole(rig.got().resolve("1/tree"));
      assertEquals(List.of(), PushRig.stages(rig.got()));
    }
  }

  @Test
  void aClientThatIsKilledWhileItsNodeDeletesLeavesTheRestToTheNextRun() throws Exception {
    Path tree = Trees.make(directory.resolve("tree"), "a/kept", "b/kept", "c/kept", "new");
    Path held = Files.createDirectories(directory.resolve("held"));
    try (SshNodes nodes = Held.rm(directory.resolve("nodes"), held, 2)) {
      Path there = nodes.nodes().getFirst().home().resolve("tree");
      Trees.make(there, "a/gone", "a/kept", "b/gone", "b/kept", "c/gone", "c/kept");
      PushRig rig = new PushRig(directory, nodes);
      Process client = rig.start("--delete", tree.toString(), "@:");
      PushRig.until("the node deletes", () -> Files.exists(held.resolve("waits")));
      client.destroyForcibly().waitFor();
      List<String> halfway = Trees.names(there);
      Held.release(held);

      PushRig.Result result = rig.run("--delete", tree.toString(), "@:");

      assertEquals(2, halfway.stream().filter(name -> name.endsWith("/gone")).count());
      assertTrue(halfway.containsAll(Trees.names(tree)), halfway.toString());
      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      assertEquals(Trees.names(tree), Trees.names(there));
      assertEquals(List.of(), PushRig.stages(nodes.nodes().getFirst().home()));
    }
  }

  @Test
  void aKilledSessionIsGoneOnWithByARetry() throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(Fault.HANGS, 20L * MEBI)) {
      FutureTask<PushRig.Result> run = new FutureTask<>(() -> rig.push(door, "--retries", "1"));
      Thread.ofPlatform().name("push").start(run);
      door.awaitFailure();

      rig.nodes().sessions(rig.first()).forEach(ProcessHandle::destroyForcibly);
      door.release();
      PushRig.Result result = run.get();

      assertEquals(ExitCode.OK, result.code(), result.out() + result.err());
      rig.assertHas(rig.first());
      rig.assertHas(rig.second());
    }
  }
}
