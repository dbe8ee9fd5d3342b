package io.codeploy.cli.fleet;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure.RemoteFailure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A node that is a shell of this machine with a home of its own; records the commands. */
final class LocalShell implements Connection {
  private final Path home;
  private final Map<String, String> environment;
  private final List<String> commands = new ArrayList<>();

  LocalShell(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
  }

  List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  public Node node() {
    return new Node("shell", "127.0.0.1", Optional.empty(), OptionalInt.empty(), Map.of());
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws InterruptedException {
    commands.add(command);
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.directory(home.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("SSH_CONNECTION", "192.0.2.1 50000 127.0.0.1 22");
    builder.environment().putAll(environment);
    try {
      Path input = Files.createTempFile(home, "stdin", "");
      Files.copy(stdin, input, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      File errors = Files.createTempFile(home, "stderr", "").toFile();
      Process process = builder.redirectInput(input.toFile()).redirectError(errors).start();
      process.getInputStream().transferTo(out);
      Files.copy(errors.toPath(), err);
      ExitStatus status = new ExitStatus.Exited(process.waitFor());
      Files.delete(input);
      Files.delete(errors.toPath());
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ByteStream open(String command, Duration limit) throws NodeFailedException {
    throw new NodeFailedException(new RemoteFailure("no streams here"));
  }

  @Override
  public ByteStream openTcp(String host, int port, Duration limit) throws NodeFailedException {
    throw new NodeFailedException(new RemoteFailure("no forwarding here"));
  }

  @Override
  public int forwardFromNode(InetSocketAddress target, Duration limit) throws NodeFailedException {
    throw new NodeFailedException(new RemoteFailure("no forwarding here"));
  }

  @Override
  public RemoteFiles files(Duration limit) throws NodeFailedException {
    throw new NodeFailedException(new RemoteFailure("no files here"));
  }

  @Override
  public void close() {}
}
