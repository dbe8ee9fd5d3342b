package io.codeploy.multiquery.inventory;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every source with golden inputs. */
class SourcesTest {
  @TempDir Path directory;

  private Path golden(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name), name)) {
      return Files.write(directory.resolve(name), in.readAllBytes());
    }
  }

  /** The lines of a group, joined by bars; "unknown" where there is none. */
  private static String lines(GroupSource source, String group) throws NodeListException {
    return source
        .find(group)
        .map(nodes -> nodes.stream().map(Node::line).collect(joining("|")))
        .orElse("unknown");
  }

  private static String message(GroupSource source, String group) {
    return String.valueOf(
        assertThrows(NodeListException.class, () -> source.find(group)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "login;login1 site=fra|login2 site=fra",
        "gpu;node03 serial=node03-%n site=fra|node04 serial=node04-%n site=fra",
        "site=nyc;node05 site=nyc|node06 site=nyc",
        "gpu=yes;unknown",
        "site=;unknown",
        "nobody;unknown"
      })
  void readsGenders(String group, String lines) throws IOException {
    assertEquals(lines, lines(new Genders(golden("genders")), group));
  }

  @Test
  void namesTheLineOfGendersThatIsWrong() throws IOException {
    Path file = Files.writeString(directory.resolve("genders"), "n1 a\nn[1-1000000000] a\n");

    assertEquals(
        file + ", line 2: \"n[1-1000000000]\" brings the list over 100000 nodes, its limit",
        message(new Genders(file), "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "web;www01.example port=23 user=prod|www02.example port=23 user=prod"
            + "|www03.example port=23 user=prod|www09.example port=23 user=prod"
            + "|www11.example port=23 user=prod|www13.example port=23 user=prod"
            + "|alone host=192.0.2.7 port=2222 user=deploy",
        "db;db-a.example port=2022 user=root|db-b.example port=2022 user=prod"
            + "|db-c.example port=2022 user=prod",
        "ungrouped;mail.example host=10.0.0.1 user=everybody|[::1] port=2022 user=everybody",
        "nobody;unknown"
      })
  void readsAnsible(String group, String lines) throws IOException {
    assertEquals(lines, lines(new AnsibleInventory(golden("ansible.ini").toString()), group));
  }

  @Test
  void readsAnsiblesChildrenAndAll() throws IOException {
    AnsibleInventory inventory = new AnsibleInventory(golden("ansible.ini").toString());

    List<Node> prod = inventory.find("prod").orElseThrow();
    assertEquals(10, prod.size());
    assertEquals(prod, inventory.find("fra").orElseThrow());
    assertEquals(12, inventory.find("all").orElseThrow().size());
  }

  @Test
  void refusesAnsibleGroupsThatHoldThemselves() throws IOException {
    String text = "[a:children]\nb\n[b:children]\nc\n[c:children]\na\n";
    Path file = Files.writeString(directory.resolve("hosts"), text);

    assertEquals(
        file + ", line 6: group c is below itself",
        message(new AnsibleInventory(file.toString()), "a"));
  }

  @Test
  void refusesAnInventoryThatIsNoIniFile() throws IOException {
    Path yaml = Files.writeString(directory.resolve("hosts.yml"), "all:\n  hosts:\n");
    Path program = Files.writeString(directory.resolve("hosts"), "#!/bin/sh\n");
    assertTrue(program.toFile().setExecutable(true));

    for (String location : List.of(yaml + "", program + "", directory + "", "h1,h2,")) {
      String message = message(new AnsibleInventory(location), "all");
      assertTrue(
          message.startsWith("inventory " + location + " is not one file in INI form"), message);
    }
  }

  @Test
  void saysWhichHostOfAnInventoryIsNoNode() throws IOException {
    Path file = Files.writeString(directory.resolve("hosts"), "[web]\nw1 ansible_host={{x}}\n");

    assertEquals(
        file + ", host w1: \"host={{x}}\" is not a host",
        message(new AnsibleInventory(file.toString()), "web"));
  }

  @Test
  void readsDshGroupsTheFirstDirectoryFirst() throws IOException {
    Path own = Files.createDirectories(directory.resolve("own"));
    Path common = Files.createDirectories(directory.resolve("common"));
    Files.writeString(own.resolve("web"), "# mine\nw[1-2]\n#include ../common/web\n");
    Files.writeString(common.resolve("web"), "w9\n");
    Files.writeString(common.resolve("db"), "root@db site=fra\n");
    DshGroups groups = new DshGroups(List.of(own, directory.resolve("absent"), common));

    assertEquals("w1|w2|w9", lines(groups, "web"));
    assertEquals("root@db site=fra", lines(groups, "db"));
    assertEquals("unknown", lines(groups, "nobody"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "..", ".", "", "a/../../secret", "a\u0000b"})
  void readsNoFileBesideTheGroupsOfDsh(String group) throws IOException {
    Files.writeString(directory.resolve("secret"), "n1\n");
    Path groups = Files.createDirectories(directory.resolve("group/a")).getParent();

    assertEquals("unknown", lines(new DshGroups(List.of(groups)), group));
  }

  @Test
  void takesNamesFromSshConfig() throws IOException {
    SshConfigHosts hosts =
        new SshConfigHosts(
            () -> List.of("web1", "*.example", "!web2", "web3", "me", "web1", "host?"));

    assertEquals("web1|web3|me", lines(hosts, "*"));
    assertEquals("web1|web3", lines(hosts, "web?"));
    assertEquals("unknown", lines(hosts, "x*"));
    assertEquals("unknown", lines(hosts, "web1"));
  }

  @Test
  void takesTheNodesOfASlurmJob() throws IOException {
    SlurmJob job = new SlurmJob(Optional.of("tux[0-1][08-09],login,gpu[1,3-4]-ib"));

    assertEquals(
        "tux008|tux009|tux108|tux109|login|gpu1-ib|gpu3-ib|gpu4-ib", lines(job, SlurmJob.GROUP));
    assertEquals("unknown", lines(job, "web"));
    assertEquals("unknown", lines(new SlurmJob(Optional.empty()), SlurmJob.GROUP));
  }

  @Test
  void takesLabelsOfTheListForGroups() throws IOException {
    List<Node> list = NodeList.parse("list", "a site=fra\nb site=nyc\nc site=fra x=site=fra\n");
    LabelGroups labels = new LabelGroups(() -> list);

    assertEquals("a site=fra|c site=fra x=site=fra", lines(labels, "site=fra"));
    assertEquals("unknown", lines(labels, "site=lon"));
    assertEquals("unknown", lines(labels, "site"));
  }

  @Test
  void sourcesThatAreNotThereKnowNoGroup() throws IOException {
    assertEquals("unknown", lines(new Genders(directory.resolve("absent")), "all"));
    assertEquals("unknown", lines(new AnsibleInventory(directory + "/absent"), "all"));
  }
}
