package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import java.util.List;
import java.util.Optional;

/** The nodes of the Slurm job that runs the command, as the group {@code job}. */
public final class SlurmJob implements GroupSource {
  /** Where Slurm says which nodes: {@code n[01-32,40],login}. */
  public static final String VARIABLE = "SLURM_JOB_NODELIST";

  /** What the group is called. */
  public static final String GROUP = "job";

  private final Optional<String> nodes;

  /**
   * @param nodes value of the variable
   */
  public SlurmJob(Optional<String> nodes) {
    this.nodes = nodes;
  }

  @Override
  public Optional<List<Node>> find(String group) throws NodeListException {
    if (!group.equals(GROUP) || nodes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(NodeList.parseOutput(VARIABLE, nodes.get()));
  }
}
