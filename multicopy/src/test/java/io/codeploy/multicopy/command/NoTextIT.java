package io.codeploy.multicopy.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.fixtures.ssh.SshNodes;
import io.codeploy.multiquery.command.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies of names that are no UTF-8. */
class NoTextIT {
  private static final String MAKE =
      """
      a=$(printf 'a\\377') b=$(printf 'b\\200\\nc') l=$(printf 'l\\301')
      mkdir "$a" && echo one >"$a/$b" && ln -s "$b" "$a/$l" && ln -s "/no/$a/such" "$l" &&
      mkdir empty && ln -s "empty" "$a/e" && echo two >"$a.$b" &&
      dd if=/dev/urandom of="big$b" bs=1048576 count=33 2>/dev/null
      """;

  private static final String TELL =
      "LC_ALL=C; export LC_ALL; find . | sort | od -c; find . -type l -printf '%p %l\\n' | sort |"
          + " od -c; find . -type f -exec cksum {} + | sort | od -c";

  @TempDir Path directory;

  private static String sh(Path in, String script) throws IOException, InterruptedException {
    Process sh =
        new ProcessBuilder("sh", "-c", script)
            .directory(in.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assumptions.assumeTrue(sh.waitFor() == 0, "this file system takes text alone");
    return said;
  }

  @ParameterizedTest
  @EnumSource(
      value = Programs.class,
      names = {"OPENSSH", "BUSYBOX"})
  void keepsTheirBytes(Programs programs) throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    sh(tree, MAKE);
    try (SshNodes nodes = programs.start(directory)) {
      PushRig rig = new PushRig(directory, nodes);
      PushRig.Result pushed = rig.run(tree.toString(), "@:");

      assertEquals(ExitCode.OK, pushed.code(), pushed.err());
      Path there = nodes.nodes().getFirst().home().resolve("tree");
      assertEquals(sh(tree, TELL), sh(there, TELL));

      PushRig.Result again = rig.run("--checksum", "--dry-run", tree.toString(), "@:");
      assertTrue(again.out().contains("\n. "), again.out());
      assertFalse(again.out().contains("~"), again.out());

      sh(there, "echo extra >\"$(printf 'x\\377')\"");
      PushRig.Result deleted = rig.run("--delete", tree.toString(), "@:");
      assertEquals(ExitCode.OK, deleted.code(), deleted.err());
      assertEquals(sh(tree, TELL), sh(there, TELL));

      Path got = directory.resolve("got");
      PushRig.Result pulled = rig.run("@:tree", got.toString());
      assertEquals(ExitCode.OK, pulled.code(), pulled.err());
      assertEquals(sh(tree, TELL), sh(got, TELL));
      Path copy = directory.resolve("got/again");
      Files.createDirectories(copy.resolve("tree"));
      sh(copy.resolve("tree"), "echo extra >\"$(printf 'x\\377')\"; mkdir \"$(printf 'y\\377')\"");
      assertEquals(ExitCode.OK, rig.run("--delete", "@:tree", copy.toString()).code());
      assertEquals(sh(tree, TELL), sh(copy.resolve("tree"), TELL));
    }
  }

  /** As text two of them would be one. */
  @Test
  void areRefusedWhereSftpWouldMakeOthersOfThem() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    sh(tree, "echo x >\"$(printf 'x\\377')\"; echo y >\"$(printf 'x\\376')\"");
    try (SshNodes nodes = Programs.SFTP_ALONE.start(directory)) {
      PushRig.Result pushed = new PushRig(directory, nodes).run(tree.toString(), "@:");

      assertEquals(ExitCode.REMOTE, pushed.code());
      assertTrue(pushed.err().contains(": is not UTF-8, which SFTP needs"), pushed.err());
      assertEquals(List.of(), Trees.names(nodes.nodes().getFirst().home().resolve("tree")));
    }
  }

  @Test
  void areNoneWhereTheyHaveTheSubstituteAsTheirOwn() throws Exception {
    Path tree = Trees.make(directory.resolve("tree"), "x\ufffd");
    try (SshNodes nodes = Programs.SFTP_ALONE.start(directory)) {
      PushRig.Result pushed = new PushRig(directory, nodes).run(tree.toString(), "@:");

      assertEquals(ExitCode.OK, pushed.code(), pushed.err());
      Path there = nodes.nodes().getFirst().home().resolve("tree");
      assertEquals(List.of("x\ufffd"), Trees.names(there));
    }
  }

  @Test
  void areToldOfWhereSftpCannotAskForThem() throws Exception {
    try (SshNodes nodes = Programs.SFTP_ALONE.start(directory)) {
      Path tree = Trees.make(nodes.nodes().getFirst().home().resolve("tree"), "file");
      sh(tree, "echo x >\"$(printf 'x\\377')\"");
      Path got = directory.resolve("got");

      PushRig.Result pulled = new PushRig(directory, nodes).run("@:tree", got.toString());

      assertEquals(ExitCode.REMOTE, pulled.code());
      assertTrue(pulled.err().contains("is not UTF-8, and cannot be asked for by SFTP"));
      assertEquals(List.of("file"), Trees.names(got));
    }
  }

  @Test
  void linksToThemAreToldOfWhereSftpDoesNot() throws Exception {
    try (SshNodes nodes = Programs.SFTP_ALONE.start(directory)) {
      Path tree = Trees.make(nodes.nodes().getFirst().home().resolve("tree"), "file");
      sh(tree, "ln -s \"$(printf 'x\\377')\" link");
      Path got = directory.resolve("got");

      PushRig.Result pulled = new PushRig(directory, nodes).run("@:tree", got.toString());

      assertEquals(ExitCode.REMOTE, pulled.code());
      assertTrue(pulled.err().contains("link: leads to a name that is not UTF-8"), pulled.err());
      assertEquals(List.of("file"), Trees.names(got));
    }
  }
}
