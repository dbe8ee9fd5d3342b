package io.codeploy.multiquery.warm.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @TempDir Path directory;

  private static String of(Map<String, String> environment, Path... config) {
    return new Fingerprint().withEnvironment(environment, List.of(config)).value();
  }

  private Path config(String text) throws IOException {
    return Files.writeString(directory.resolve("config"), text);
  }

  @Test
  void isSixteenDigits() {
    assertTrue(new Fingerprint().value().matches("[0-9a-f]{16}"));
  }

  @Test
  void differsWithEachValue() {
    String plain = new Fingerprint().with("a", "b").value();

    assertEquals(plain, new Fingerprint().with("a", "b").value());
    assertNotEquals(plain, new Fingerprint().with("a", "c").value());
    assertNotEquals(plain, new Fingerprint().with("a", "b").with("a", "b").value());
    assertNotEquals(
        new Fingerprint().with("a", "b\nc=d").value(),
        new Fingerprint().with("a", "b").with("c", "d").value());
  }

  @Test
  void differsWithTheContentsOfAFile() throws Exception {
    String one = new Fingerprint().withFile("config", config("Port 1\n")).value();
    String other = new Fingerprint().withFile("config", config("Port 2\n")).value();

    assertNotEquals(one, other);
    assertNotEquals(one, new Fingerprint().withFile("config", directory.resolve("none")).value());
  }

  @Test
  void looksAtWhatConnectingDependsOn() {
    String plain = of(Map.of("SSH_AUTH_SOCK", "/a", "TERM", "xterm", "MQ_TIMEOUT", "1"));

    assertEquals(plain, of(Map.of("SSH_AUTH_SOCK", "/a", "TERM", "dumb", "SHLVL", "3")));
    assertNotEquals(plain, of(Map.of("SSH_AUTH_SOCK", "/b")));
    assertNotEquals(plain, of(Map.of("SSH_AUTH_SOCK", "/a", "LC_TIME", "C")));
  }

  @Test
  void looksAtVariablesThatTheConfigurationNames() throws Exception {
    Path config =
        config(
            "ProxyCommand nc ${GATE} %h\nMatch exec \"test $PLACE = home\"\nSendEnv GIT_* X?Y\n");

    for (String name : List.of("GATE", "PLACE", "GIT_AUTHOR", "XaY")) {
      assertNotEquals(of(Map.of(), config), of(Map.of(name, "x"), config), name);
    }
    for (String name : List.of("GAT", "PLACES", "GIT", "XaaY", "nothing")) {
      assertEquals(of(Map.of(), config), of(Map.of(name, "x"), config), name);
    }
    assertFalse(Fingerprint.matters("GATE", ""));
  }
}
