package io.codeploy.multicopy.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.multicopy.testing.HeldShell;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which stages of processes that are gone are taken over. */
class TakeoverIT {
  private static final String LEAVE_A_STAGE =
      """
      read -r host </proc/sys/kernel/hostname
      mkdir -p ".multicopy-key.$$.$host/t"
      echo some >".multicopy-key.$$.$host/t/file"
      exec sh -c "$1" sh .
      """;

  @TempDir Path base;
  @TempDir Path place;

  private static final String LEAVE_ANOTHERS_STAGE =
      """
      read -r host </proc/sys/kernel/hostname
      mkdir -p ".multicopy-key.4194305.$host/t"
      chown nobody ".multicopy-key.4194305.$host"
      exec sh -c "$1" sh .
      """;

  /** In a container that was started again, processes get the numbers that they had. */
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

  /** In /tmp anybody can make one, whose {@code t} leads wherever they like. */
  @Test
  void goesIntoNoStageThatAnotherUserMade() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "not root");
    List<String> script = List.of("-c", LEAVE_ANOTHERS_STAGE, "sh", LookScript.TEXT);
    try (HeldShell shell = HeldShell.start(base, "sort", place, script);
        Writer in = shell.in()) {
      in.write("go\n\nstage key\n");
      in.flush();

      assertEquals("", shell.line());
      assertTrue(shell.line().contains(" stale "));
      assertEquals("end////", shell.line());
      String stage = shell.line();
      while (stage.equals("beat////")) {
        stage = shell.line();
      }
      assertTrue(stage.startsWith("stage ./.multicopy-key."), stage);
      assertEquals("end////", shell.line());
    }
    try (Stream<Path> stages = Files.list(base)) {
      List<Path> left = stages.toList();
      assertEquals(1, left.size());
      assertEquals("root", Files.getOwner(left.getFirst()).getName());
    }
  }
}
