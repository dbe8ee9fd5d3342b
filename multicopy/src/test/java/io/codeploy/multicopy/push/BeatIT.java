package io.codeploy.multicopy.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.testing.HeldShell;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node gives signs of life while it does what takes long, however long that is. */
class BeatIT {
  @TempDir Path base;
  @TempDir Path place;

  @Test
  void beatsAsLongAsAStageIsRemoved() throws Exception {
    Path stage = Files.createDirectories(base.resolve(".multicopy-x.1.here/t"));
    try (HeldShell shell = HeldShell.start(base, "rm", place, List.of())) {
      try (Writer in = shell.in()) {
        in.write(FinishScript.removal(base.toString(), "./.multicopy-x.1.here"));
      }

      assertEquals("", shell.line());
      assertEquals("", shell.line());
      assertTrue(Files.exists(stage));

      shell.release();
      shell.end();
      assertFalse(Files.exists(stage));
    }
  }
}
