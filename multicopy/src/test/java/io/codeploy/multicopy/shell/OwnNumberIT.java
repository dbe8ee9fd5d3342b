package io.codeploy.multicopy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.testing.HeldShell;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a container that was started again, processes get the numbers that they had. */
class OwnNumberIT {
  private static final String LEAVE_A_STAGE =
      """
      read -r host </proc/sys/kernel/hostname
      mkdir -p ".multicopy-key.$$.$host/t"
      echo some >".multicopy-key.$$.$host/t/file"
      exec sh -c "$1" sh .
      """;

  @TempDir Path base;
  @TempDir Path place;

  @Test
  void takesOverTheStageOfAnEarlierProcessOfItsOwnNumber() throws Exception {
    List<String> script = List.of("-c", LEAVE_A_STAGE, "sh", LookScript.TEXT);
    try (HeldShell shell = HeldShell.start(base, "sort", place, script);
        Writer in = shell.in()) {
      in.write("go\n\nstage key\n");
      in.flush();

      assertEquals("", shell.line());
      assertTrue(shell.line().startsWith("multicopy 1 directory"));
      assertEquals("end////", shell.line());
      String stage = shell.line();
      assertTrue(stage.startsWith("stage ./.multicopy-key."), stage);
      String directory = shell.line();
      assertTrue(directory.startsWith("d "), directory);
      String file = shell.line();
      assertTrue(file.endsWith(" ./file////"), file);
      assertEquals("end////", shell.line());
    }
  }
}
