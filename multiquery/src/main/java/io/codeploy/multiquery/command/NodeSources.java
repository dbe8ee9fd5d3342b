package io.codeploy.multiquery.command;

import io.codeploy.multiquery.inventory.AnsibleInventory;
import io.codeploy.multiquery.inventory.CommandOutput;
import io.codeploy.multiquery.inventory.DshGroups;
import io.codeploy.multiquery.inventory.Genders;
import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.inventory.LabelGroups;
import io.codeploy.multiquery.inventory.NodeSupplier;
import io.codeploy.multiquery.inventory.Remembered;
import io.codeploy.multiquery.inventory.SlurmJob;
import io.codeploy.multiquery.inventory.SshConfigHosts;
import io.codeploy.multiquery.node.ListText;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.select.Selector;
import io.codeploy.multiquery.ssh.config.SshConfigException;
import io.codeploy.multiquery.ssh.config.SshConfigReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where nodes come from on this machine. Nothing is read before it is wanted. */
final class NodeSources {
  static final String NO_LIST =
      "no node list; set MQ_NODES or give --nodes, a file with one host a line";

  private static final String INPUT = "standard input";

  private final Surroundings surroundings;
  private final SlurmJob job;
  private final boolean hasList;
  private final NodeSupplier list;

  /**
   * @param file the list; without one that of the Slurm job, if any
   */
  NodeSources(Optional<Path> file, Surroundings surroundings) {
    this.surroundings = surroundings;
    Optional<String> slurm = surroundings.variable(SlurmJob.VARIABLE);
    this.job = new SlurmJob(slurm);
    this.hasList = file.isPresent() || slurm.isPresent();
    this.list = new Remembered(() -> file.isPresent() ? NodeList.read(file.get()) : jobNodes());
  }

  boolean hasList() {
    return hasList;
  }

  Selector selector() {
    NodeSupplier input =
        new Remembered(() -> NodeList.parseOutput(INPUT, ListText.read(INPUT, surroundings.in())));
    return new Selector(
        list,
        groups(),
        input,
        new CommandOutput(surroundings.environment()),
        surroundings.random());
  }

  private List<Node> jobNodes() throws NodeListException {
    return job.find(SlurmJob.GROUP).orElseThrow(() -> new NodeListException(NO_LIST));
  }

  /** Groups that expressions may name. */
  Groups groups() {
    Path home = surroundings.home();
    List<Path> dsh = List.of(home.resolve(".dsh/group"), Path.of("/etc/dsh/group"));
    String ansible = surroundings.variable("ANSIBLE_INVENTORY").orElse("/etc/ansible/hosts");
    return Groups.none()
        .with("list", hasList ? new LabelGroups(list) : group -> Optional.empty())
        .with("dsh", new DshGroups(dsh))
        .with("genders", new Genders(Path.of("/etc/genders")))
        .with("ansible", new AnsibleInventory(ansible))
        .with("ssh", new SshConfigHosts(this::sshConfigHosts))
        .with("slurm", job);
  }

  private List<String> sshConfigHosts() throws SshConfigException {
    List<Path> files = surroundings.ssh(Optional.empty()).configFiles();
    return new SshConfigReader(surroundings.home()).read(files).hosts();
  }
}
