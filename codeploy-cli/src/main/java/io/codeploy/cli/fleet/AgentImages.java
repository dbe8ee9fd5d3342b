package io.codeploy.cli.fleet;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The agent images that a distribution ships, at least one.
 *
 * @param linuxX64 carries its own Java runtime, for 64-bit x86 Linux with the GNU C library
 * @param anywhere runs on a node's own Java, {@value #LEAST_JAVA} or later
 */
public record AgentImages(Optional<AgentImage> linuxX64, Optional<AgentImage> anywhere) {
  /** The oldest Java that the image without a runtime takes. */
  static final int LEAST_JAVA = 21;

  private static final String PREFIX = "codeploy-agent-";

  public AgentImages {
    Objects.requireNonNull(linuxX64, "linuxX64 is null");
    Objects.requireNonNull(anywhere, "anywhere is null");
  }

  /**
   * Finds {@code codeploy-agent-<version>-linux-x64.tar.gz} and {@code -any.tar.gz} in {@code
   * directory}, each with its digest in a file beside it that ends in {@code .sha256}.
   *
   * @throws IOException whose message names what is missing or doubtful
   */
  public static AgentImages in(Path directory) throws IOException {
    AgentImages images =
        new AgentImages(only(directory, "-linux-x64.tar.gz"), only(directory, "-any.tar.gz"));
    if (images.linuxX64.isEmpty() && images.anywhere.isEmpty()) {
      throw new IOException(
          "no agent image in " + directory + "; build the distribution with scripts/build");
    }
    return images;
  }

  /** The image that runs on such a node. */
  Optional<AgentImage> fitting(NodeFacts node) {
    if (linuxX64.isPresent() && node.fitsShippedRuntime()) {
      return linuxX64;
    }
    boolean java = node.javaFeature().isPresent() && node.javaFeature().getAsInt() >= LEAST_JAVA;
    return java ? anywhere : Optional.empty();
  }

  private static Optional<AgentImage> only(Path directory, String suffix) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> archives =
        Files.newDirectoryStream(directory, PREFIX + "*" + suffix)) {
      archives.forEach(found::add);
    }
    if (found.size() > 1) {
      throw new IOException("more than one agent image in " + directory + ": " + found);
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(read(found.getFirst(), suffix));
  }

  private static AgentImage read(Path archive, String suffix) throws IOException {
    String fileName = archive.getFileName().toString();
    String version = fileName.substring(PREFIX.length(), fileName.length() - suffix.length());
    Path sum = archive.resolveSibling(fileName + ".sha256");
    try {
      Digest digest = Digest.parse(Files.readString(sum).strip().split("\\s", 2)[0]);
      return new AgentImage(version, digest, Files.size(archive), archive);
    } catch (IllegalArgumentException e) {
      throw new IOException("no SHA-256 digest in " + sum + "; build the distribution again", e);
    }
  }
}
