package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The groups of dsh and pdsh: a node list for each, as a file of the group's name. */
public final class DshGroups implements GroupSource {
  private final List<Path> directories;

  /**
   * @param directories the first that has a group counts
   */
  public DshGroups(List<Path> directories) {
    this.directories = List.copyOf(directories);
  }

  @Override
  public Optional<List<Node>> find(String group) throws NodeListException {
    // Nothing but a name may lead to a file.
    if (!group.matches("(?!\\.{1,2}$)[^/\\p{Cntrl}]+")) {
      return Optional.empty();
    }
    for (Path directory : directories) {
      Path file = directory.resolve(group);
      if (Files.isRegularFile(file)) {
        return Optional.of(NodeList.readAny(file));
      }
    }
    return Optional.empty();
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Path directory : directories) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(directory, Files::isRegularFile)) {
        files.forEach(file -> names.add(String.valueOf(file.getFileName())));
      } catch (IOException e) {
        // Not there, or not for us: there is nothing to complete from.
      }
    }
    return names;
  }
}
