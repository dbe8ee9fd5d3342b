package io.codeploy.multiquery.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final Path HOME = Path.of("/home/me");

  @TempDir Path directory;

  @Test
  void liesWhereTheUserKeepsState() {
    assertEquals(
        Path.of("/home/me/.local/state/codeploy/multiquery_history"),
        HistoryFile.of(HOME, Map.of()).file());
    assertEquals(
        Path.of("/s/codeploy/multiquery_history"),
        HistoryFile.of(HOME, Map.of("XDG_STATE_HOME", "/s")).file());
    assertEquals(
        Path.of("/home/me/.local/state/codeploy/multiquery_history"),
        HistoryFile.of(HOME, Map.of("XDG_STATE_HOME", "s")).file());
  }

  @Test
  void isForItsOwnerAlone() throws Exception {
    HistoryFile history = new HistoryFile(directory.resolve("state/codeploy"));

    history.prepare();

    assertEquals("rw-------", permissions(history.file()));
    assertEquals("rwx------", permissions(history.directory()));
  }

  @Test
  void isMadePrivateAndLeftAsItIsOtherwise() throws Exception {
    HistoryFile history = new HistoryFile(directory);
    Files.writeString(history.file(), "1:x\n");
    Files.setPosixFilePermissions(history.file(), PosixFilePermissions.fromString("rw-r--r--"));

    history.prepare();

    assertEquals("rw-------", permissions(history.file()));
    assertEquals("1:x\n", Files.readString(history.file()));
  }

  @Test
  void tellsThatItCannotBeKept() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    IOException e =
        assertThrows(IOException.class, () -> new HistoryFile(file.resolve("codeploy")).prepare());

    assertTrue(
        String.valueOf(e.getMessage()).startsWith("lines are not kept: " + file), e::toString);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
