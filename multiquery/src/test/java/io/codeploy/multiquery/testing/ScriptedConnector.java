package io.codeploy.multiquery.testing;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Nodes that do what a test says, and a record of what was asked of them. */
public final class ScriptedConnector implements Connector {
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final List<Scripted> made = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** A call: {@code what} is "connect" or the command. */
  public record Call(String node, String what, Duration limit) {}

  /** What a node does. */
  @FunctionalInterface
  public interface Script {
    /** Runs a command. */
    ExitStatus execute(OutputStream out, OutputStream err, Duration limit)
        throws IOException, InterruptedException;

    /** Lets a connection come about. */
    default void connect(Duration limit) throws NodeFailedException, InterruptedException {}
  }

  /** A node that exits with {@code code} after it has written. */
  public static Script says(String stdout, String stderr, int code) {
    return (out, err, limit) -> {
      out.write(stdout.getBytes(StandardCharsets.UTF_8));
      err.write(stderr.getBytes(StandardCharsets.UTF_8));
      return new ExitStatus.Exited(code);
    };
  }

  /** A node that writes and then fails. */
  public static Script fails(String stdout, NodeFailure failure) {
    return (out, err, limit) -> {
      out.write(stdout.getBytes(StandardCharsets.UTF_8));
      throw new NodeFailedException(failure);
    };
  }

  /** A node without a connection. */
  public static Script refuses(NodeFailure failure) {
    return new Script() {
      @Override
      public void connect(Duration limit) throws NodeFailedException {
        throw new NodeFailedException(failure);
      }

      @Override
      public ExitStatus execute(OutputStream out, OutputStream err, Duration limit) {
        throw new AssertionError("was never connected");
      }
    };
  }

  /** A node as a list would have it. */
  public static Node node(String name) {
    return new Node(name, name, Optional.empty(), OptionalInt.empty(), Map.of());
  }

  /** Has the node of this name follow {@code script}. */
  public ScriptedConnector with(String node, Script script) {
    scripts.put(node, script);
    return this;
  }

  /** What was asked so far, in the order of asking. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Connections that are not closed. */
  public int open() {
    return open.get();
  }

  /** Connections to {@code node} made so far are lost, and this is known. */
  public void hangUp(String node) {
    made.stream().filter(c -> c.node.name().equals(node)).forEach(c -> c.open.set(false));
  }

  /** The node no longer answers on connections made so far. */
  public void fallSilent(String node) {
    made.stream().filter(c -> c.node.name().equals(node)).forEach(c -> c.silent = true);
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public Connection connect(Node node, Duration limit)
      throws NodeFailedException, InterruptedException {
    calls.add(new Call(node.name(), "connect", limit));
    Script script = Objects.requireNonNull(scripts.get(node.name()), "no script for " + node);
    script.connect(limit);
    open.incrementAndGet();
    Scripted connection = new Scripted(node, script);
    made.add(connection);
    return connection;
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Scripted implements Connection {
    private final Node node;
    private final Script script;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean silent;

    Scripted(Node node, Script script) {
      this.node = node;
      this.script = script;
    }

    @Override
    public Node node() {
      return node;
    }

    @Override
    public boolean isOpen() {
      return open.get() && !closed.get();
    }

    @Override
    public boolean answers(Duration limit) {
      calls.add(new Call(node.name(), "answers", limit));
      return isOpen() && !silent;
    }

    @Override
    public ExitStatus execute(
        String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
        throws NodeFailedException, InterruptedException {
      calls.add(new Call(node.name(), typed(command), limit));
      try {
        return script.execute(out, err, limit);
      } catch (NodeFailedException e) {
        throw e;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What the user typed follows a line that is not of interest here. */
    private static String typed(String command) {
      return command.substring(command.indexOf('\n') + 1);
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        ScriptedConnector.this.open.decrementAndGet();
      }
    }

    @Override
    public InetSocketAddress localAddress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ByteStream open(String command, Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ByteStream openTcp(String host, int port, Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int forwardFromNode(InetSocketAddress target, Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RemoteFiles files(Duration limit) {
      throw new UnsupportedOperationException();
    }
  }
}
