package io.codeploy.multiquery.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.process.NodeProcesses;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.testing.Poll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shells that wait for the next command, with keeper, clients and sshd in processes. */
class WaitingShellsIT {
  private static final Pattern WAITING = Pattern.compile("\\[multiquery-([0-9a-f]+):waiting]");

  @TempDir Path root;
  @TempDir Path home;

  @Test
  void aClientThatIsKilledLeavesNothingOfTheOneThatRanItsCommand() throws Exception {
    SshNodes nodes = Servers.OPEN_SSH.start(root.resolve("nodes"), 1);
    try (KeptSite site = new KeptSite(root, home, nodes)) {
      SshNode node = nodes.nodes().getFirst();
      site.run("--persist", "10m", "true");
      Poll.until("a shell and its watch wait", () -> waiting(node).size() == 2);
      Set<String> tokens = tokens(node);
      assertEquals(1, tokens.size());
      String token = tokens.iterator().next();

      Process client =
          site.start(
              home, "killed", "--persist", "10m", "sh -c 'echo $$ >new; mv new pid; sleep 600; :'");
      Path pid = node.home().resolve("pid");
      Poll.until("the command runs", () -> Files.exists(pid));
      ProcessHandle command =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      // The shell has become the command.
      assertEquals(1, waiting(node).stream().filter(line -> line.contains(token)).count());

      client.destroyForcibly().waitFor();

      Poll.until("the command is gone", () -> !command.isAlive());
      Poll.until("its watch is gone", () -> !tokens(node).contains(token));
      String said = site.run("--persist", "10m", "echo answered");
      assertTrue(said.contains("\nanswered\n"), said);
    }
  }

  private static Set<String> tokens(SshNode node) {
    Set<String> tokens = new TreeSet<>();
    for (String line : waiting(node)) {
      Matcher matcher = WAITING.matcher(line);
      while (matcher.find()) {
        tokens.add(matcher.group(1));
      }
    }
    return tokens;
  }

  /** Command lines of shells that wait on the node, and of what watches them. */
  private static List<String> waiting(SshNode node) {
    return NodeProcesses.of(node)
        .map(NodeProcesses::commandLine)
        .filter(line -> WAITING.matcher(line).find())
        .toList();
  }
}
