package io.codeploy.cli.deploy;

import io.codeploy.cli.fleet.AgentImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The agent as the reactor has just built it, made once for all tests that want it: an {@link
 * AgentImages}, or the {@link Path} of a distribution that has it.
 */
public final class TestImage implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == AgentImages.class || type == Path.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Distribution distribution =
        test.getRoot()
            .getStore(Namespace.create(TestImage.class))
            .computeIfAbsent(Distribution.class, any -> make(), Distribution.class);
    return parameter.getParameter().getType() == Path.class
        ? distribution.directory()
        : distribution.images();
  }

  /** Removed when the last test has ended. */
  private record Distribution(Path directory, AgentImages images) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      List<Path> paths;
      try (Stream<Path> all = Files.walk(directory)) {
        paths = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : paths) {
        Files.delete(path);
      }
    }
  }

  private static Distribution make() {
    try {
      Path directory = Files.createTempDirectory("codeploy-test-image");
      Path agent = Files.createDirectory(directory.resolve("agent"));
      return new Distribution(directory, DeployRig.images(agent));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the tests", e);
    }
  }
}
