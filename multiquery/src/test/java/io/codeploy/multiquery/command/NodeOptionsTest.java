package io.codeploy.multiquery.command;

import static io.codeploy.multiquery.testing.ScriptedConnector.says;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.testing.ManualTime;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which nodes a user gets. */
class NodeOptionsTest {
  private static final String USAGE = "usage: multiquery [OPTION]... COMMAND...\n";

  @TempDir Path home;

  private Terminal terminal = new Terminal(Path.of(""));

  @BeforeEach
  void openATerminal() throws IOException {
    terminal =
        new Terminal(home).exportNodes("# all", "web[1-2] site=fra", "admin@db:2222 site=nyc");
  }

  private int type(String... arguments) {
    return terminal
        .multiquery((login, first) -> new ScriptedConnector(), new ManualTime(), arguments)
        .status();
  }

  private void assertNodes(String lines, String... arguments) {
    assertEquals(0, type(arguments), terminal::err);
    assertEquals(lines, terminal.out().replace("\n", "|"));
    assertEquals("", terminal.err());
  }

  @Test
  void dryRunPrintsTheListAndReachesNobody() {
    assertNodes(
        "web1 site=fra|web2 site=fra|admin@db:2222 site=nyc|", "--dry-run", "rm", "-r", "/");
  }

  @Test
  void whatDryRunPrintsIsAList() throws IOException {
    assertEquals(0, type("--dry-run"));
    Path again = Files.writeString(home.resolve("again"), terminal.out());
    terminal = new Terminal(home).export("MQ_NODES", again.toString());

    assertNodes("web1 site=fra|web2 site=fra|admin@db:2222 site=nyc|", "--dry-run");
  }

  @Test
  void targetsTakeThePlaceOfTheList() {
    assertNodes("n1|n2|me@x:22|", "--dry-run", "-w", "n[1-2]", "-w", "me@x:22");
  }

  @Test
  void targetsNeedNoList() {
    terminal = new Terminal(home);
    assertNodes("n1|", "--dry-run", "-wn1");
  }

  @Test
  void leavesOutWhatXNames() {
    assertNodes("web2 site=fra|", "--dry-run", "-x", "web1", "-x", "site=nyc");
  }

  @Test
  void leavesOutWhatADashNames() {
    terminal.export("MQ_EXCEPT", "nobody");
    assertNodes("web2 site=fra|admin@db:2222 site=nyc|", "--dry-run", "-w", "-web1");
  }

  @Test
  void anOptionIsNoExpression() {
    assertEquals(2, type("-w", "-x", "n1", "uname"));
    assertTrue(
        terminal.err().startsWith("multiquery: Expected parameter for option '--targets'"),
        terminal.err());
  }

  @Test
  void readsStandardInput() {
    terminal.pipe("\uFEFFn1 n2,n[3-4]\r\nme@n5:22 site=fra # last");
    assertNodes("n1|n2|n3|n4|me@n5:22 site=fra|", "--dry-run", "-w", "-");
  }

  @Test
  void readsAFileBehindACaret() throws IOException {
    Path file = Files.writeString(home.resolve("other"), "n7\n");
    assertNodes("n7|n8|", "--dry-run", "-w", "^" + file + ",n8");
  }

  @Test
  void groupsComeFromTheListDshAndSsh() throws IOException {
    Files.createDirectories(home.resolve(".dsh/group"));
    Files.writeString(home.resolve(".dsh/group/lab"), "l1\n");
    Files.createDirectories(home.resolve(".ssh/config.d"));
    Files.writeString(
        home.resolve(".ssh/config"), "Host cfg1 *.x\nInclude config.d/*\nMatch host y\n");
    Files.writeString(home.resolve(".ssh/config.d/more"), "Host cfg2 !cfg3\n  User me\n");

    assertNodes(
        "admin@db:2222 site=nyc|l1|cfg1|cfg2|", "--dry-run", "-g", "site=nyc,lab", "-gssh:cfg*");
  }

  @Test
  void groupsComeFromAnsibleWhereItsVariableSays() throws IOException {
    Path inventory = Files.writeString(home.resolve("inventory"), "[web]\nw1 ansible_port=22\n");
    terminal.export("ANSIBLE_INVENTORY", inventory.toString());

    assertNodes("w1 port=22|", "--dry-run", "--group", "ansible:web");
  }

  @Test
  void nodesComeFromACommand() {
    terminal.export("PATH", "/usr/bin:/bin");
    assertNodes("c1|c2|", "--dry-run", "--nodes-from", "echo c1 c2");
  }

  @Test
  void aSlurmJobIsTheListWhereThereIsNoOther() throws IOException {
    terminal = new Terminal(home).export("SLURM_JOB_NODELIST", "tux[08-09],login");
    assertNodes("tux08|tux09|login|", "--dry-run");

    terminal = new Terminal(home).export("SLURM_JOB_NODELIST", "tux8").exportNodes("n1");
    assertNodes("n1|", "--dry-run");
  }

  @Test
  void variablesNameNodesUnlessTheCommandLineDoes() throws IOException {
    terminal.export("MQ_TARGETS", "t1").export("MQ_EXCEPT", "web1");
    assertNodes("t1|", "--dry-run");

    terminal = new Terminal(home).exportNodes("web[1-2]").export("MQ_TARGETS", "t1");
    assertNodes("web1|", "--dry-run", "-w", "web1");

    String other = Files.writeString(home.resolve("other"), "o1\n").toString();
    terminal = new Terminal(home).exportNodes("web1").export("MQ_GROUP", "nobody");
    assertNodes("o1|", "--dry-run", "--nodes", other);
  }

  @Test
  void patternsLookAtTheListOfTheCommandLine() throws IOException {
    String other = Files.writeString(home.resolve("other"), "web8\nweb9\ndb\n").toString();
    assertNodes("web8|web9|", "--dry-run", "-w", "web*", "--nodes", other);
  }

  @Test
  void picksSome() {
    assertEquals(0, type("--dry-run", "--pick", "2", "-w", "n[1-9]"), terminal::err);
    assertTrue(terminal.out().matches("n[1-9]\nn[1-9]\n"), terminal.out());
  }

  @Test
  void refusesToPickNone() {
    assertEquals(2, type("--dry-run", "--pick", "0"));
    assertEquals(
        "multiquery: --pick or MQ_PICK has to be a number of at least 1, not \"0\"\n" + USAGE,
        terminal.err());
  }

  @Test
  void saysWhichExpressionNamesNoNode() {
    assertEquals(2, type("-w", "x*", "uname"));
    assertEquals("multiquery: -w \"x*\" names no node\n", terminal.err());
  }

  @Test
  void saysThatNothingIsLeft() {
    assertEquals(2, type("-w", "n[1-2]", "-x", "n?", "uname"));
    assertEquals("multiquery: -w \"n[1-2]\" -x \"n?\" leaves no node\n", terminal.err());
  }

  @Test
  void saysThatAPatternHasNoListToLookAt() {
    terminal = new Terminal(home);
    assertEquals(2, type("-w", "web*", "uname"));
    assertEquals("multiquery: -w \"web*\": " + NodeSources.NO_LIST + "\n", terminal.err());
  }

  @Test
  void tellsAFileFromANode() {
    assertEquals(2, type("-w", "./nodes", "uname"));
    assertEquals(
        "multiquery: -w \"./nodes\": \"./nodes\" is not a node; write ^./nodes for a file\n",
        terminal.err());
  }

  @Test
  void printsNamesExactlyAsListed() throws IOException {
    ScriptedConnector connector =
        new ScriptedConnector()
            .with("Web1.Example", says("a", "", 0))
            .with("admin@[::1]:2222", says("", "oops\n", 7))
            .with("web2:22", says("", "", 7))
            .with("web3:22", says("", "", 7));
    terminal.exportNodes("Web1.Example", "admin@[::1]:2222", "web[2-3]:22").export("MQ_ORDER", "1");

    assertEquals(
        5, terminal.multiquery((login, first) -> connector, new ManualTime(), "x").status());

    assertEquals(
        """
        Web1.Example: 1 bytes
        a
        admin@[::1]:2222: 0 bytes

        web2:22: 0 bytes

        web3:22: 0 bytes

        """,
        terminal.out());
    assertEquals(
        """
        oops
        admin@[::1]:2222: exit status 7
        web2:22: exit status 7
        web3:22: exit status 7
        multiquery: 1 ok, 3 exit status 7 (admin@[::1]:2222,web[2-3]:22), 0.0 s
        """,
        terminal.err());
  }
}
