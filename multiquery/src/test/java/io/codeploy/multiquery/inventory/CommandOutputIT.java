package io.codeploy.multiquery.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.testing.Interruptible;
import io.codeploy.multiquery.testing.Poll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandOutputIT {
  @TempDir Path directory;

  private final CommandOutput commands =
      new CommandOutput(Map.of("PATH", "/usr/bin:/bin", "WHICH", "n[1-2]"));

  private String refusal(String command) {
    return String.valueOf(
        assertThrows(NodeListException.class, () -> commands.nodes(command)).getMessage());
  }

  @Test
  void readsWhatACommandPrintsWithOurEnvironment() throws Exception {
    assertEquals(
        "[n1, n2, a, b]", commands.nodes("echo \"$WHICH\"; printf 'a,b # c\\n'").toString());
  }

  @Test
  void givesACommandNoInput() throws Exception {
    assertEquals("[end]", commands.nodes("cat; echo end").toString());
  }

  @Test
  void refusesTheNodesOfACommandThatFails() {
    assertEquals(
        "--nodes-from \"echo n1; exit 3\" ended with exit status 3", refusal("echo n1; exit 3"));
  }

  @Test
  void wantsANode() {
    assertTrue(refusal("true").contains("--nodes-from \"true\" names no node"), refusal("true"));
  }

  @Test
  void namesTheCommandWhoseOutputIsNoList() {
    assertEquals(
        "--nodes-from \"echo; echo '*'\", line 2: \"*\" is not a node;"
            + " write [user@]host[:port]",
        refusal("echo; echo '*'"));
  }

  @Test
  void endsACommandThatPrintsWithoutEnd() {
    assertEquals(
        "node list --nodes-from \"cat /dev/zero\" is longer than 16 MiB", refusal("cat /dev/zero"));
  }

  @Test
  void endsTheCommandWhenInterrupted() throws Exception {
    Path pid = directory.resolve("pid");
    var call =
        Interruptible.start(
            () -> refusal("echo $$ >%s.new; mv %1$s.new %1$s; exec sleep 600".formatted(pid)));
    Poll.until("it runs", () -> Files.exists(pid));
    long sleeper = Long.parseLong(Files.readString(pid).strip());
    call.interrupt();

    assertTrue(call.end().value().endsWith("was interrupted"));
    Poll.until(
        "it is gone", () -> ProcessHandle.of(sleeper).filter(ProcessHandle::isAlive).isEmpty());
  }
}
