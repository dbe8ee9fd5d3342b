package io.codeploy.multicopy.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTest {
  private static final String KEY = "0123456789abcdef";

  /** Linux has none so large. */
  private static final long GONE = 4_194_305;

  @TempDir Path base;

  private final StageOwner self = StageOwner.current();
  private final StageOwner other = new StageOwner(self.pid(), self.host(), self.user() + "-other");

  StageTest() throws IOException {}

  private Path leave(long pid) throws IOException {
    Path stage = base.resolve(".multicopy-%s.%d.%s".formatted(KEY, pid, self.host()));
    Files.createDirectories(stage.resolve("t"));
    Files.writeString(stage.resolve("t/some"), "content");
    return stage;
  }

  @Test
  void takesOverWhatAProcessOfThisUserLeft() throws IOException {
    Path left = leave(GONE);

    Stage stage = Stage.claim(base, KEY, self);

    assertEquals("content", Files.readString(stage.trees().resolve("some")));
    assertFalse(Files.exists(left));
  }

  /** In /tmp anybody can make one, whose {@code t} leads wherever they like. */
  @Test
  void leavesAloneWhatAnotherUserMade() throws IOException {
    Path left = leave(GONE);

    Stage stage = Stage.claim(base, KEY, other);

    assertFalse(Files.exists(stage.trees().resolve("some")));
    assertTrue(Files.exists(left.resolve("t/some")));
  }

  @Test
  void refusesAStageOfItsOwnNameThatAnotherUserMade() throws IOException {
    leave(self.pid());

    assertThrows(FileAlreadyExistsException.class, () -> Stage.claim(base, KEY, other));
  }

  @Test
  void clearsOnlyWhatAProcessOfThisUserLeft() throws IOException {
    Path left = leave(GONE);

    Stage.clear(base, other);
    assertTrue(Files.exists(left));

    Stage.clear(base, self);
    assertFalse(Files.exists(left));
  }
}
