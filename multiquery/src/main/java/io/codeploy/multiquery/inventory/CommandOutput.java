package io.codeploy.multiquery.inventory;

import io.codeploy.multiquery.node.ListText;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Nodes that a shell command on this machine prints, several on a line or not. */
public final class CommandOutput {
  private final Map<String, String> environment;

  /**
   * @param environment of the command
   */
  public CommandOutput(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Runs {@code command} by {@code sh} to its end; its stderr is ours, its stdin empty. Blocks. An
   * interruption ends the command and stays pending.
   *
   * @throws NodeListException if it fails, prints no node, or is interrupted
   */
  public List<Node> nodes(String command) throws NodeListException {
    String source = "--nodes-from \"" + command + "\"";
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment);
    String text;
    try {
      text = output(source, builder.start());
    } catch (IOException e) {
      throw e instanceof NodeListException known
          ? known
          : new NodeListException(source + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeListException(source + " was interrupted", e);
    }
    return NodeList.parseOutput(source, text);
  }

  private static String output(String source, Process process)
      throws IOException, InterruptedException {
    // A read of a pipe cannot be interrupted; waiting for who reads can.
    FutureTask<String> reading =
        new FutureTask<>(
            () -> {
              try (InputStream out = process.getInputStream()) {
                return ListText.read(source, out);
              }
            });
    Thread.ofVirtual().name("nodes-from").start(reading);
    try {
      String text = reading.get();
      int status = process.waitFor();
      if (status != 0) {
        throw new NodeListException(source + " ended with exit status " + status);
      }
      return text;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof NodeListException known ? known : new IOException(e.getCause());
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
