package io.codeploy.multicopy.shell;

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

/** The script that looks at a destination beats as long as it removes what others left. */
class BeatIT {
  @TempDir Path base;
  @TempDir Path place;

  @Test
  void beatsBetweenAnswersAsLongAsOldStagesAreRemoved() throws Exception {
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    Path stage = Files.createDirectories(base.resolve(".multicopy-x.999999999." + host + "/t"));
    List<String> script = List.of("-c", LookScript.TEXT, "sh", base.toString());
    try (HeldShell shell = HeldShell.start(base, "rm", place, script);
        Writer in = shell.in()) {
      in.write("go\n\nclear -\n");
      in.flush();

      assertEquals("", shell.line());
      assertTrue(shell.line().startsWith("multicopy 1 directory"));
      assertEquals("end////", shell.line());
      assertEquals("beat////", shell.line());
      assertEquals("beat////", shell.line());
      assertTrue(Files.exists(stage));

      shell.release();
      String line = shell.line();
      while (line.equals("beat////")) {
        line = shell.line();
      }
      assertEquals("end////", line);
      assertFalse(Files.exists(stage));
    }
  }

  @Test
  void beatsAsLongAsADigestIsMade() throws Exception {
    Files.createDirectory(base.resolve("tree"));
    List<String> script = List.of("-c", LookScript.TEXT, "sh", base.toString());
    try (HeldShell shell = HeldShell.start(base, "sort", place, script);
        Writer in = shell.in()) {
      in.write("go\ns %064d tree\n\n".formatted(0));
      in.flush();

      assertEquals("beat////", shell.line());
      assertEquals("beat////", shell.line());

      shell.release();
      String line = shell.line();
      while (line.equals("beat////")) {
        line = shell.line();
      }
      assertEquals("", line);
      assertTrue(shell.line().startsWith("multicopy 1 directory printf"));
      assertEquals("= 0 in////", shell.line());
      assertTrue(shell.line().startsWith("d "));
      assertEquals("end////", shell.line());
    }
  }
}
