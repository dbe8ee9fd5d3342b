package io.codeploy.multiquery.command;

import io.codeploy.multiquery.node.ListText;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file of {@code --failed-nodes}: the nodes that are not well, in the form of MQ_NODES. A run
 * adds its failures, takes out its nodes that are well now, and leaves others alone, so that the
 * file shrinks with every repetition.
 */
public record FailedNodes(Path file) {
  /** A file of its own would be for us alone, while others may want to read who failed. */
  private static final FileAttribute<Set<PosixFilePermission>> AS_UMASK_HAS_IT =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

  public FailedNodes {
    Objects.requireNonNull(file, "file is null");
  }

  /** Whether there is none, or no such file. */
  public boolean isEmpty() throws IOException {
    return lines().isEmpty();
  }

  /**
   * Those of {@code nodes} that the file names, as it names them: with login, port and address. All
   * of them may be well by now.
   */
  public List<Node> among(List<Node> nodes) throws IOException {
    Set<String> names = nodes.stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
    return NodeList.readAny(file).stream().filter(node -> names.contains(node.name())).toList();
  }

  /**
   * Looks whether the file can be read and written after a run, so that its failures are not lost
   * at the end.
   *
   * @throws IOException that tells why it cannot
   */
  public void check() throws IOException {
    Path folder = whole().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(unwritable("there is no directory " + folder));
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(unwritable("it is no regular file"));
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(unwritable("no file can be made in " + folder));
    }
    lines();
  }

  /** Itself, and not a link to it, which would be replaced. */
  private Path whole() throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  /** The complaint that the file cannot be written, because of {@code why}. */
  String unwritable(String why) {
    return "failed nodes cannot be written to " + file + ": " + why;
  }

  /** Brings the file up to date after a run; readers see the old one or the new one. */
  void update(List<Node> well, List<Node> failed) throws IOException {
    Set<String> lines = lines();
    well.stream().map(Node::line).forEach(lines::remove);
    failed.stream().map(Node::line).forEach(lines::add);
    Path whole = whole();
    Path part = Files.createTempFile(whole.getParent(), ".failed", ".part", AS_UMASK_HAS_IT);
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
      for (String node : ListText.lines(ListText.read(file))) {
        if (!node.isEmpty() && !node.startsWith("#")) {
          lines.add(node);
        }
      }
    }
    return lines;
  }
}
