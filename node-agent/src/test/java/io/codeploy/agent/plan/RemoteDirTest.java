package io.codeploy.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteDirTest {
  @TempDir Path temporary;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = temporary.toRealPath();
  }

  @Test
  void isRelativeToTheHomeDirectory() throws IOException {
    RemoteDir dir = RemoteDir.of(home, "a/b");

    assertEquals(home.resolve("a/b"), dir.path());
    assertEquals(home.resolve("a/b"), dir.root());
  }

  @Test
  void mayBeALinkToADirectory() throws IOException {
    Path real = Files.createDirectory(home.resolve("real"));
    Files.createSymbolicLink(home.resolve("link"), real);

    assertEquals(new RemoteDir(home.resolve("link"), real), RemoteDir.of(home, "link"));
    assertEquals(real.resolve("new"), RemoteDir.of(home, "link/new").root());
  }

  @Test
  void refusesAFileInItsPlaceOrAboveIt() throws IOException {
    Files.writeString(home.resolve("f"), "x");

    for (String path : new String[] {"f", "f/below", "f/a/b"}) {
      IOException e = assertThrows(IOException.class, () -> RemoteDir.of(home, path));
      assertEquals(
          home.resolve("f") + ": is a file, no directory; remove it on the node or choose another",
          e.getMessage());
    }
  }

  @Test
  void refusesALinkToNowhere() throws IOException {
    Files.createSymbolicLink(home.resolve("l"), Path.of("gone"));

    IOException e = assertThrows(IOException.class, () -> RemoteDir.of(home, "l"));

    assertTrue(e.toString().contains("is a link to gone"), e.toString());
  }

  @Test
  void refusesTheRootAndWhatIsNoPath() {
    assertThrows(IOException.class, () -> RemoteDir.of(home, "/"));
    assertThrows(IOException.class, () -> RemoteDir.of(home, "a\0b"));
    assertThrows(IOException.class, () -> RemoteDir.of(home, ""));
  }
}
