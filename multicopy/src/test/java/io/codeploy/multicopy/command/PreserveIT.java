package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushes that keep more than usual. */
class PreserveIT {
  private static final Map<String, Integer> MODES =
      Map.of(
          "suid", 04755, "sgid", 02750, "plain", 0644, "big", 04711, "shared", 01777, "team",
          02775);

  /** 3,000,000,000, as systemd and directory services give them out. */
  private static final int HIGH = (int) 3_000_000_000L;

  @TempDir Path directory;

  private Path tree() throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "suid", "sgid", "plain", "big");
    Files.createDirectory(tree.resolve("shared"));
    Files.createDirectory(tree.resolve("team"));
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

      for (String name : MODES.keySet()) {
        Files.setAttribute(tree.resolve(name), "unix:mode", MODES.get(name) & 0777);
      }
      PushRig.Result without = rig.run("--preserve=special", tree.toString(), "@:");
      assertEquals(ExitCode.OK, without.code(), without.err());
      assertEquals(modes(tree, 0777), modes(there, 07777));
    }
  }

  private static void give(Path path, int uid, int gid) throws IOException {
    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
  }

  private static String owners(Path tree) throws IOException {
    StringBuilder told = new StringBuilder();
    for (String name : Trees.names(tree)) {
      told.append(name)
          .append(
              Files.readAttributes(
                  tree.resolve(name), "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS))
          .append('\n');
    }
    return told.toString();
  }

  private static void assumeRoot(Path any) throws IOException {
    Assumptions.assumeTrue(
        Files.getAttribute(any, "unix:uid").equals(0), "only root gives files away");
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX"})
  void givesFilesToTheirOwners(Programs programs) throws IOException {
    Path tree = tree();
    assumeRoot(tree);
    Trees.make(tree, "dir/named", "dir/new\nline");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("dir"));
    give(tree.resolve("suid"), 12345, 54321);
    Files.setAttribute(tree.resolve("suid"), "unix:mode", 04755);
    give(tree.resolve("big"), HIGH, HIGH + 1);
    give(tree.resolve("link"), 12346, 54321);
    give(tree.resolve("dir/new\nline"), 12346, 54321);
    give(tree.resolve("dir"), 1, 1);
    try (SshNodes nodes = programs.start(directory)) {
      PushRig rig = new PushRig(directory, nodes);
      String[] all = {"--preserve=special,owner,group", tree.toString(), "@:"};
      Path there = nodes.nodes().getFirst().home().resolve("tree");

      PushRig.Result pushed = rig.run(all);
      assertEquals(ExitCode.OK, pushed.code(), pushed.err());
      assertEquals(owners(tree), owners(there));

      give(there.resolve("suid"), 0, 0);
      give(there.resolve("link"), 0, 0);
      give(there.resolve("dir/named"), 7, 54321);
      PushRig.Result told =
          rig.run("--dry-run", "--preserve=special,owner,group", tree.toString(), "@:");
      for (String line : List.of("= 0 tree/dir/named", "= 0 tree/suid", ". 8 unchanged")) {
        assertTrue(told.out().contains("\n" + line + "\n"), told.out());
      }
      assertEquals(ExitCode.OK, rig.run(all).code());
      assertEquals(owners(tree), owners(there));

      Path got = Files.createDirectories(directory.resolve("got"));
      String[] back = {"--preserve=special,owner,group", "@:tree", got.toString()};
      PushRig.Result pulled = rig.run(back);
      assertEquals(ExitCode.OK, pulled.code(), pulled.err());
      assertEquals(owners(tree), owners(got.resolve("tree")));
      give(got.resolve("tree/dir"), 0, 0);
      give(got.resolve("tree/suid"), 0, 0);
      give(got.resolve("tree/link"), 0, 0);
      assertEquals(ExitCode.OK, rig.run(back).code());
      assertEquals(owners(tree), owners(got.resolve("tree")));

      // When nobody asks, what is there keeps its owner.
      give(there.resolve("dir/named"), 7, 54321);
      assertEquals(ExitCode.OK, rig.run(tree.toString(), "@:").code());
      assertEquals(7, Files.getAttribute(there.resolve("dir/named"), "unix:uid"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX", "SHELL_ALONE"})
  void keepsHardLinksOfWhatIsPulled(Programs programs) throws IOException {
    try (SshNodes nodes = programs.start(directory)) {
      Path tree = linked(nodes.nodes().getFirst().home().resolve("tree"));
      PushRig rig = new PushRig(directory, nodes);
      Path got = Files.createDirectories(directory.resolve("got"));
      String[] all = {"--preserve", "links", "@:tree", got.toString()};
      PushRig.Result pulled = rig.run(all);
      if (programs == Programs.SHELL_ALONE) {
        assertEquals(ExitCode.REMOTE, pulled.code());
        return;
      }
      assertEquals(ExitCode.OK, pulled.code(), pulled.err());
      Path here = got.resolve("tree");
      assertLinked(here);
      Files.copy(here.resolve("a"), here.resolve("z"), StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(here.resolve("z"), here.resolve("c"), StandardCopyOption.REPLACE_EXISTING);
      assertEquals(ExitCode.OK, rig.run(all).code());
      assertLinked(here);
      Files.writeString(tree.resolve("a"), "changed");
      assertEquals(ExitCode.OK, rig.run(all).code());
      assertLinked(here);
      assertEquals("changed", Files.readString(here.resolve("c")));
      String[] dry = {"--dry-run", "--preserve", "links", "@:tree", got.toString()};
      assertTold(" bytes\n. 8 unchanged\n", rig.run(dry));
    }
  }

  private static void assertTold(String text, PushRig.Result result) {
    assertTrue(result.out().contains(text), result.out() + result.err());
  }

  private static Path linked(Path at) throws IOException {
    Path tree = Trees.make(at, "a", "dir/other");
    try (RandomAccessFile big = new RandomAccessFile(tree.resolve("big").toFile(), "rw")) {
      big.setLength(33 << 20);
    }
    Files.createLink(tree.resolve("dir/it's b"), tree.resolve("a"));
    Files.createLink(tree.resolve("c"), tree.resolve("a"));
    Files.createLink(tree.resolve("dir/big"), tree.resolve("big"));
    return tree;
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  private static void assertLinked(Path tree) throws IOException {
    for (String name : List.of("dir/it's b", "c")) {
      assertEquals(inode(tree.resolve("a")), inode(tree.resolve(name)), name);
    }
    assertEquals(inode(tree.resolve("big")), inode(tree.resolve("dir/big")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"EMBEDDED", "OPENSSH", "BUSYBOX", "SHELL_ALONE"})
  void keepsHardLinks(Programs programs) throws IOException {
    Path tree = linked(directory.resolve("tree"));
    try (SshNodes nodes = programs.start(directory)) {
      PushRig rig = new PushRig(directory, nodes);
      String[] all = {"--preserve", "links", tree.toString(), "@:"};
      String[] dry = {"--dry-run", "--preserve", "links", tree.toString(), "@:"};
      Path there = nodes.nodes().getFirst().home().resolve("tree");

      PushRig.Result pushed = rig.run(all);
      assertEquals(ExitCode.OK, pushed.code(), pushed.err());
      assertLinked(there);
      assertTold(" bytes\n. 8 unchanged\n", rig.run(dry));

      // A copy in the place of a name, and then another content for all of them.
      Files.copy(there.resolve("a"), there.resolve("z"), StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(there.resolve("z"), there.resolve("c"), StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(there, Files.getLastModifiedTime(tree));
      assertTold(" bytes\n~ 1 tree/c\n. 7 unchanged\n", rig.run(dry));
      assertEquals(ExitCode.OK, rig.run(all).code());
      assertLinked(there);
      Files.writeString(tree.resolve("a"), "changed");
      assertEquals(ExitCode.OK, rig.run(all).code());
      assertLinked(there);
      assertEquals("changed", Files.readString(there.resolve("c")));
      assertTold(" bytes\n. 8 unchanged\n", rig.run(dry));
    }
  }

  private static Map<String, String> xattrs(Path tree) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String name : Trees.names(tree)) {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(tree.resolve(name), UserDefinedFileAttributeView.class);
      for (String key : view.list()) {
        ByteBuffer value = ByteBuffer.allocate(view.size(key));
        view.read(key, value);
        all.put(name + " " + key, new String(value.array(), StandardCharsets.ISO_8859_1));
      }
    }
    return all;
  }

  private static void mark(Path path, String key, String value) throws IOException {
    Files.getFileAttributeView(path, UserDefinedFileAttributeView.class)
        .write(key, ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static boolean takesAttributes(Path path) {
    try {
      mark(path, "probe", "");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void keepsExtendedAttributes() throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "a", "b", "dir/new\nline");
    Assumptions.assumeTrue(
        takesAttributes(Files.createFile(directory.resolve("probe"))),
        "this file system has no extended attributes");
    try (RandomAccessFile big = new RandomAccessFile(tree.resolve("big").toFile(), "rw")) {
      big.setLength(33 << 20);
    }
    Files.write(tree.resolve("middle"), new byte[100_000]);
    mark(tree.resolve("a"), "some=key%", "a value\n\0\u00ff=");
    mark(tree.resolve("a"), "other", "x".repeat(93));
    mark(tree.resolve("big"), "of", "big");
    mark(tree.resolve("middle"), "of", "middle");
    mark(tree.resolve("dir/new\nline"), "of", "");
    try (SshNodes nodes = Programs.OPENSSH.start(directory)) {
      PushRig rig = new PushRig(directory, nodes);
      Path home = nodes.nodes().getFirst().home();
      Path got = Files.createDirectories(directory.resolve("got"));

      PushRig.Result pushed = rig.run("--preserve=xattrs", tree.toString(), "@:");
      assertEquals(ExitCode.OK, pushed.code(), pushed.err());
      assertEquals(xattrs(tree), xattrs(home.resolve("tree")));
      assertEquals(OddTree.told(tree, true), OddTree.told(home.resolve("tree"), true));
      Path there = home.resolve("tree");
      Files.createLink(there.resolve("second name"), there.resolve("a"));
      PushRig.Result pulled = rig.run("--preserve=xattrs", "@:tree", got.toString());
      assertEquals(ExitCode.OK, pulled.code(), pulled.err());
      assertEquals(xattrs(there), xattrs(got.resolve("tree")));
      assertEquals(OddTree.told(there, true), OddTree.told(got.resolve("tree"), true));
      assertEquals(ExitCode.OK, rig.run(tree.toString(), "@:plain").code());
      assertEquals(Map.of(), xattrs(home.resolve("plain")));
    }
  }

  @Test
  void failsANodeWhoseTarHasNoExtendedAttributes() throws IOException {
    Path tree = Trees.make(directory.resolve("tree"), "a");
    try (SshNodes nodes = Programs.BUSYBOX.start(directory)) {
      PushRig rig = new PushRig(directory, nodes);
      Trees.make(nodes.nodes().getFirst().home(), "b");

      for (String[] words :
          new String[][] {
            {"--preserve=xattrs", tree.toString(), "@:"},
            {"--preserve=xattrs", "@:b", directory + "/got"}
          }) {
        PushRig.Result failed = rig.run(words);
        assertEquals(ExitCode.REMOTE, failed.code());
        assertTrue(failed.err().contains("the node's tar does not know --xattrs"), failed.err());
      }
    }
  }

  @Test
  void refusesWhatItDoesNotKeep() throws IOException {
    try (SshNodes nodes = Programs.EMBEDDED.start(directory)) {
      PushRig.Result result = new PushRig(directory, nodes).run("--preserve=owner,all", "a", "@:");

      assertEquals(ExitCode.USAGE, result.code());
      assertTrue(
          result
              .err()
              .contains("special, owner, group, links and xattrs, with commas, not \"all\""),
          result.err());
    }
  }
}
