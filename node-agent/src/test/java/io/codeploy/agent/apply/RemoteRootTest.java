package io.codeploy.agent.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteRootTest {
  @TempDir private Path temp;

  @Test
  void makesWhatIsMissingWithThisModeAndTheOwnersOwn() throws IOException {
    RemoteRoot.make(temp.resolve("a/b"), 0055);

    assertEquals(0755, mode(temp.resolve("a")));
    assertEquals(0755, mode(temp.resolve("a/b")));
  }

  @Test
  void keepsWhatADirectoryInheritsOfItsGroup() throws IOException {
    Files.setAttribute(temp, "unix:mode", 02775);

    RemoteRoot.make(temp.resolve("a/b"), 0755);

    assertEquals(02755, mode(temp.resolve("a")));
    assertEquals(02755, mode(temp.resolve("a/b")));
  }

  @Test
  void leavesWhatIsThereAlone() throws IOException {
    Files.setAttribute(temp, "unix:mode", 0700);

    RemoteRoot.make(temp, 0755);

    assertEquals(0700, mode(temp));
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & 07777;
  }
}
