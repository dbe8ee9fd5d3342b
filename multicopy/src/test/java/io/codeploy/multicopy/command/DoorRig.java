package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.FaultyDoor;
import io.codeploy.fixtures.ssh.OpenSshNodes;
import io.codeploy.fixtures.ssh.SshNode;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Two nodes with real sshd, the first behind a door, and a tree with a large file to copy. */
record DoorRig(Path directory, OpenSshNodes nodes) implements AutoCloseable {
  static final int MEBI = 1 << 20;
  static final int BIG_BYTES = 40 * MEBI;

  static DoorRig start(Path directory) throws IOException {
    Assumptions.assumeTrue(
        OpenSshNodes.unavailableReason().isEmpty(),
        () -> OpenSshNodes.unavailableReason().orElse(""));
    DoorRig rig = new DoorRig(directory, OpenSshNodes.start(directory.resolve("nodes"), 2));
    Files.createDirectories(rig.big().getParent());
    byte[] content = new byte[BIG_BYTES];
    new Random(4).nextBytes(content);
    Files.write(rig.big(), content);
    Files.writeString(rig.big().resolveSibling("small"), "small");
    for (SshNode node : rig.nodes.nodes()) {
      Files.createDirectories(node.home().resolve("to"));
    }
    return rig;
  }

  Path big() {
    return directory.resolve("tree/sub/big");
  }

  SshNode first() {
    return nodes.nodes().getFirst();
  }

  SshNode second() {
    return nodes.nodes().getLast();
  }

  FaultyDoor door(FaultyDoor.Fault fault, long soundBytes) throws IOException {
    return FaultyDoor.open("127.0.0.9", first(), fault, soundBytes);
  }

  /** One that counts what the node says. */
  FaultyDoor doorOfNode(FaultyDoor.Fault fault, long soundBytes) throws IOException {
    return FaultyDoor.open("127.0.0.9", first(), fault, FaultyDoor.End.NODE, soundBytes);
  }

  /** Pushes to the first node through {@code door}, and to the second as it is. */
  PushRig.Result push(FaultyDoor door, String... options) throws IOException {
    return pushTo("to", door, options);
  }

  /** The same to another place on the nodes. */
  PushRig.Result pushTo(String destination, FaultyDoor door, String... options) throws IOException {
    return new PushRig(directory, nodes)
        .run(words(door, pushed(destination), options).toArray(String[]::new));
  }

  /** The same in a process of its own. */
  Process start(FaultyDoor door, String... options) throws IOException {
    return new PushRig(directory, nodes)
        .start(words(door, pushed("to"), options).toArray(String[]::new));
  }

  /** The same on a terminal of its own. */
  Process startOnTerminal(FaultyDoor door, String... options) throws IOException {
    return new PushRig(directory, nodes)
        .startOnTerminal(words(door, pushed("to"), options).toArray(String[]::new));
  }

  /** Has the nodes have the tree, to be pulled from them. */
  void plant() throws IOException {
    for (SshNode node : nodes.nodes()) {
      Path sub = Files.createDirectories(node.home().resolve("tree/sub"));
      try (Stream<Path> files = Files.list(big().getParent())) {
        for (Path file : files.toList()) {
          Files.createLink(sub.resolve(file.getFileName()), file);
        }
      }
    }
  }

  /** Pulls from the first node through {@code door}, and from the second as it is. */
  PushRig.Result pull(FaultyDoor door, String... options) throws IOException {
    return new PushRig(directory, nodes).run(words(door, pulled(), options).toArray(String[]::new));
  }

  /** The same in a process of its own. */
  Process startPull(FaultyDoor door, String... options) throws IOException {
    return new PushRig(directory, nodes)
        .start(words(door, pulled(), options).toArray(String[]::new));
  }

  private List<String> pushed(String destination) {
    return List.of(directory.resolve("tree").toString(), "@:" + destination);
  }

  private List<String> pulled() {
    return List.of("--into", "{rank}/{name}", "@:tree", got().toString());
  }

  /** Where pulls go, into a directory for each node's rank. */
  Path got() {
    return directory.resolve("got");
  }

  private List<String> words(FaultyDoor door, List<String> paths, String... options)
      throws IOException {
    SshNode faulty = door.node();
    String first = nodes.user() + "@" + faulty.address() + ":" + faulty.port();
    Path list =
        Files.writeString(directory.resolve("list"), first + "\n" + nodes.listed(second()) + "\n");
    Path ssh = Files.createDirectories(directory.resolve("operator/.ssh"));
    Path known = ssh.resolve("known_hosts_of_doors");
    Files.writeString(known, faulty.knownHostsLine() + "\n" + nodes.knownHosts());
    Files.writeString(ssh.resolve("config"), "Host *\n  UserKnownHostsFile \"" + known + "\"\n");
    List<String> words = new ArrayList<>(List.of("--nodes", list.toString(), "--json", "--order"));
    words.addAll(List.of(options));
    words.addAll(paths);
    return words;
  }

  /** The node behind {@code door} has lost its connection, and the other one has not. */
  static void assertFailedAlone(FaultyDoor door, PushRig.Result result) {
    assertTrue(door.hasFailed());
    assertEquals(ExitCode.REMOTE, result.code(), result.out() + result.err());
    assertTrue(result.line(0).contains("\"cause\":\"connection lost\""), result.out());
    assertTrue(result.line(1).contains("\"outcome\":\"succeeded\""), result.out());
  }

  /** The whole tree is there, and nothing else. */
  void assertHas(SshNode node) throws IOException {
    assertIsWhole(node.home().resolve("to/tree"));
    assertHasNoStage(node);
  }

  /** This is the tree, and nothing else. */
  void assertIsWhole(Path copy) throws IOException {
    assertEquals(Trees.names(directory.resolve("tree")), Trees.names(copy));
    try (Stream<Path> files = Files.list(big().getParent())) {
      for (Path file : files.toList()) {
        assertEquals(-1, Files.mismatch(file, copy.resolve("sub").resolve(file.getFileName())));
      }
    }
  }

  void assertHasNoStage(SshNode node) throws IOException {
    assertEquals(List.of(), PushRig.stages(node.home()));
  }

  @Override
  public void close() {
    nodes.close();
  }
}
