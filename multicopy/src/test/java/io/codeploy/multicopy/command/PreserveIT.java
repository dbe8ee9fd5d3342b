package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushes that keep more than usual. */
class PreserveIT {
  private static final Map<String, Integer> MODES =
      Map.of("suid", 04755, "sgid", 02750, "plain", 0644, "big", 04711, "shared", 01777);

  @TempDir Path directory;

  private Path tree() throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "suid", "sgid", "plain", "big");
    Files.createDirectory(tree.resolve("shared"));
    try (RandomAccessFile big = new RandomAccessFile(tree.resolve("big").toFile(), "rw")) {
      big.setLength(33 << 20);
    }
    for (Map.Entry<String, Integer> mode : MODES.entrySet()) {
      Files.setAttribute(tree.resolve(mode.getKey()), "unix:mode", mode.getValue());
    }
    return tree;
  }

  private static Map<String, Integer> modes(Path tree, int mask) throws IOException {
    Map<String, Integer> modes = new TreeMap<>();
    for (String name : MODES.keySet()) {
      modes.put(name, (int) Files.getAttribute(tree.resolve(name), "unix:mode") & mask);
    }
    return modes;
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"EMBEDDED", "OPENSSH", "BUSYBOX"})
  void keepsSpecialBitsOnlyWhenAsked(Programs programs) throws IOException {
    Path tree = tree();
    try (SshNodes nodes = programs.start(directory)) {
      PushRig rig = new PushRig(directory, nodes);
      Path there = nodes.nodes().getFirst().home().resolve("tree");

      PushRig.Result plain = rig.run(tree.toString(), "@:");
      assertEquals(ExitCode.OK, plain.code(), plain.err());
      assertEquals(modes(tree, 0777), modes(there, 07777));

      // What is there already gets its bits, and keeps them when nobody asks.
      PushRig.Result special = rig.run("--preserve=special", tree.toString(), "@:");
      assertEquals(ExitCode.OK, special.code(), special.err());
      assertEquals(modes(tree, 07777), modes(there, 07777));
      assertEquals(ExitCode.OK, rig.run(tree.toString(), "@:").code());
      assertEquals(modes(tree, 07777), modes(there, 07777));

      PushRig.Result anew = rig.run("--preserve=special", tree.toString(), "@:new");
      assertEquals(ExitCode.OK, anew.code(), anew.err());
      assertEquals(modes(tree, 07777), modes(there.resolveSibling("new"), 07777));
    }
  }

  @Test
  void refusesWhatItDoesNotKeep() throws IOException {
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      PushRig.Result result = new PushRig(directory, nodes).run("--preserve=owner", "a", "@:");

      assertEquals(ExitCode.USAGE, result.code());
      assertTrue(result.err().contains("has to be special, not \"owner\""), result.err());
    }
  }
}
