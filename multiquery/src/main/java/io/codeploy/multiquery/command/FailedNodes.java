package io.codeploy.multiquery.command;

import io.codeploy.multiquery.node.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The file of {@code --failed-nodes}: the nodes that are not well, in the form of MQ_NODES. A run
 * adds its failures, takes out its nodes that are well now, and leaves others alone, so that the
 * file shrinks with every repetition.
 */
public record FailedNodes(Path file) {
  public FailedNodes {
    Objects.requireNonNull(file, "file is null");
  }

  /** Whether there is none, or no such file. */
  public boolean isEmpty() throws IOException {
    return lines().isEmpty();
  }

  /** Brings the file up to date after a run; readers see the old one or the new one. */
  void update(List<Node> well, List<Node> failed) throws IOException {
    Set<String> lines = lines();
    well.stream().map(Node::line).forEach(lines::remove);
    failed.stream().map(Node::line).forEach(lines::add);
    Path whole = file.toAbsolutePath();
    Path part = Files.createTempFile(whole.getParent(), ".failed", ".part");
    try {
      Files.write(part, lines, StandardCharsets.UTF_8);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Set<String> lines() throws IOException {
    Set<String> lines = new LinkedHashSet<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String node = line.strip();
        if (!node.isEmpty() && !node.startsWith("#")) {
          lines.add(node);
        }
      }
    }
    return lines;
  }
}
