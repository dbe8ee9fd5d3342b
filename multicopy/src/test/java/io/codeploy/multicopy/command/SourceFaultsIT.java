package io.codeploy.multicopy.command;

import static io.codeploy.multicopy.command.DoorRig.BIG_BYTES;
import static io.codeploy.multicopy.command.DoorRig.MEBI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultyDoor;
import io.codeploy.fixtures.ssh.FaultyDoor.Fault;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file that is not left alone while it is sent: the door holds the push until that is done. */
class SourceFaultsIT {
  @TempDir Path directory;

  private enum Change {
    IS_REWRITTEN,
    SHRINKS,
    GROWS,
    VANISHES;

    void to(Path file) throws IOException {
      switch (this) {
        case IS_REWRITTEN -> {
          write(file, BIG_BYTES - 1L, 1);
          Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
        }
        case SHRINKS -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(MEBI);
          }
        }
        case GROWS -> write(file, BIG_BYTES, MEBI);
        case VANISHES -> Files.delete(file);
      }
    }

    private static void write(Path file, long at, int count) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(count), at);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void aFileThatDoesNotStayAsItWasIsNotCopied(Change change) throws Exception {
    try (DoorRig rig = DoorRig.start(directory);
        FaultyDoor door = rig.door(Fault.HANGS, 8L * MEBI)) {
      FutureTask<PushRig.Result> run =
          new FutureTask<>(() -> rig.push(door, "-x", rig.nodes().listed(rig.second())));
      Thread.ofPlatform().name("push").start(run);
      door.awaitFailure();

      change.to(rig.big());
      door.release();
      PushRig.Result result = run.get();

      assertEquals(ExitCode.REMOTE, result.code(), result.out() + result.err());
      assertTrue(result.out().contains("big: changed while it was sent; copy again"), result.out());
      assertFalse(Files.exists(rig.first().home().resolve("to/tree")));
      rig.assertHasNoStage(rig.first());
    }
  }
}
