package io.codeploy.multiquery.command;

import io.codeploy.multiquery.node.ListText;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file of {@code --failed-nodes}: the nodes that are not well, in the form of MQ_NODES. A run
 * adds its failures, takes out its nodes that are well now, and leaves others alone, so that the
 * file shrinks with every repetition.
 */
public record FailedNodes(Path file) {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  /** For a path that the system tells in another way. */
  private static final int MOST_ROUNDS = 100;

  private static final Set<StandardOpenOption> OPENING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

  /** A file of its own would be for us alone, while others may want to read who failed. */
  private static final FileAttribute<Set<PosixFilePermission>> AS_UMASK_HAS_IT =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

  public FailedNodes {
    Objects.requireNonNull(file, "file is null");
  }

  /** Whether there is none, or no such file. */
  public boolean isEmpty() throws IOException {
    return nodes().isEmpty();
  }

  /**
   * Those of {@code nodes} that the file names, as it names them: with login, port and address. All
   * of them may be well by now.
   */
  public List<Node> among(List<Node> nodes) throws IOException {
    Set<String> names = nodes.stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
    return nodes().stream().filter(node -> names.contains(node.name())).toList();
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
    nodes();
  }

  /** Itself, and not a link to it, which would be replaced. */
  private Path whole() throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  /** The complaint that the file cannot be written, because of {@code why}. */
  String unwritable(String why) {
    return "failed nodes cannot be written to " + file + ": " + why;
  }

  /**
   * Brings the file up to date after a run; readers see the old one or the new one. Runs that do so
   * at the same time come one after the other.
   */
  void update(List<Node> well, List<Node> failed) throws IOException {
    // An interruption is one of the run, and would keep the file from being locked.
    boolean interrupted = Thread.interrupted();
    try {
      int rounds = 1;
      while (!updated(well, failed, rounds == MOST_ROUNDS)) {
        rounds++;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** False if another run has put a new file in the place of the one that was waited for. */
  private boolean updated(List<Node> well, List<Node> failed, boolean anyway) throws IOException {
    Path whole = whole();
    Optional<FileChannel> lock = locked(whole);
    try {
      boolean there = anyway || lock.isEmpty() || isOpen(whole);
      if (there) {
        List<Node> nodes = lock.isPresent() ? nodes(lock.get()) : nodes();
        replace(whole, remaining(nodes, well, failed));
      }
      return there;
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /**
   * Whether the file at this path is one that this process has open, as Linux tells it; elsewhere
   * it is believed. The number of its inode does not tell, which the next file may have.
   */
  private static boolean isOpen(Path whole) {
    try (Stream<Path> open = Files.list(OPEN_FILES)) {
      return open.anyMatch(link -> leadsTo(link, whole));
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean leadsTo(Path link, Path whole) {
    try {
      return Files.readSymbolicLink(link).equals(whole);
    } catch (IOException e) {
      // Closed meanwhile.
      return false;
    }
  }

  /** Until it is closed; empty where it cannot be, as another user's file that can be replaced. */
  private static Optional<FileChannel> locked(Path whole) {
    try {
      FileChannel channel = FileChannel.open(whole, OPENING, AS_UMASK_HAS_IT);
      boolean locked = false;
      try {
        locked = channel.lock().isValid();
        return Optional.of(channel);
      } finally {
        if (!locked) {
          channel.close();
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void replace(Path whole, Set<String> lines) throws IOException {
    Path part = Files.createTempFile(whole.getParent(), ".failed", ".part", AS_UMASK_HAS_IT);
    try {
      Files.write(part, lines, StandardCharsets.UTF_8);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A node is known by its name: a run may have had it from elsewhere, with other labels. */
  private static Set<String> remaining(List<Node> before, List<Node> well, List<Node> failed) {
    Set<String> ran =
        Stream.concat(well.stream(), failed.stream())
            .map(Node::name)
            .collect(Collectors.toUnmodifiableSet());
    Set<String> lines = new LinkedHashSet<>();
    before.stream().filter(node -> !ran.contains(node.name())).map(Node::line).forEach(lines::add);
    failed.stream().map(Node::line).forEach(lines::add);
    return lines;
  }

  private List<Node> nodes() throws IOException {
    return nodes(Files.exists(file) ? ListText.read(file) : "");
  }

  /** By the channel that holds the lock: who closes another one of the file ends that, too. */
  private List<Node> nodes(FileChannel locked) throws IOException {
    return nodes(ListText.read(file.toString(), Channels.newInputStream(locked)));
  }

  private List<Node> nodes(String text) throws IOException {
    return NodeList.parseAny(file.toString(), text);
  }
}
