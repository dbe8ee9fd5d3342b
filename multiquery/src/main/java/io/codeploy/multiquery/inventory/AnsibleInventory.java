package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.ListText;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An Ansible inventory in INI form: sections are groups, besides {@code all} and {@code ungrouped}.
 * Of variables those are read that say how to connect.
 */
public final class AnsibleInventory implements GroupSource {
  private final String location;

  /**
   * @param location path of the file
   */
  public AnsibleInventory(String location) {
    this.location = location;
  }

  @Override
  public Optional<List<Node>> find(String group) throws NodeListException {
    Path file = Path.of(location);
    if (!Files.exists(file) && !location.contains(",")) {
      return Optional.empty();
    }
    refuseOtherForms(file);
    AnsibleGroups groups = new AnsibleReader(location).read(ListText.read(file));
    Optional<List<String>> hosts = groups.hosts(group);
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    List<Node> nodes = new ArrayList<>();
    for (String host : hosts.get()) {
      try {
        nodes.addAll(Node.of(host, connection(groups.variables(host))));
      } catch (NodeListException e) {
        throw e.at(location + ", host " + host);
      }
    }
    return Optional.of(nodes);
  }

  private void refuseOtherForms(Path file) throws NodeListException {
    boolean otherForm = location.toLowerCase(Locale.ROOT).matches(".*(\\.(ya?ml|json|toml)|,.*)");
    if (otherForm || Files.isDirectory(file) || Files.isExecutable(file)) {
      throw new NodeListException(
          "inventory "
              + location
              + " is not one file in INI form; give its nodes by --nodes-from 'ansible GROUP"
              + " --list-hosts | tail -n +2'");
    }
  }

  private static Map<String, String> connection(Map<String, String> variables) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String what : List.of("host", "port", "user")) {
      Optional.ofNullable(variables.get("ansible_" + what))
          .or(() -> Optional.ofNullable(variables.get("ansible_ssh_" + what)))
          .ifPresent(value -> labels.put(what, value));
    }
    return labels;
  }
}
