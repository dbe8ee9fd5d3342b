package io.codeploy.multiquery.output;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.CapturedOutput;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.QueryListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The output of the original multiquery: {@code <node>: <n> bytes}, a newline, the n bytes of the
 * node's stdout, a newline; or {@code <node>: timed out ssh} ({@code timed out probe} where no
 * connection came about) and an empty line. A node's stderr, and what one that timed out had
 * written by then, go to stderr, each ended by a newline, followed by {@code <node>: <why>} for one
 * that failed or whose command did.
 */
public final class ClassicView implements QueryListener {
  private final PrintStream out;
  private final PrintStream err;

  public ClassicView(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * @throws UncheckedIOException if captured output cannot be read
   */
  @Override
  public void answered(NodeAnswer answer) {
    try (answer) {
      boolean timedOut = frame(answer);
      lines(answer.stderr());
      if (timedOut) {
        lines(answer.stdout());
      }
      Verdict.of(answer.outcome())
          .ifPresent(why -> Lines.print(err, answer.node().name() + ": " + why));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So that what comes next on stderr begins a line. */
  private void lines(CapturedOutput output) throws IOException {
    output.copyTo(err);
    if (output.midLine()) {
      err.write('\n');
    }
  }

  private boolean frame(NodeAnswer answer) throws IOException {
    if (answer.outcome() instanceof NodeOutcome.Failed<ExitStatus> failed
        && failed.failure() instanceof NodeFailure.Straggler) {
      timedOut(answer.node(), "ssh");
      return true;
    }
    if (answer.outcome() instanceof NodeOutcome.Failed<ExitStatus> failed
        && failed.failure() instanceof NodeFailure.TimedOut timedOut) {
      timedOut(answer.node(), timedOut);
      return true;
    }
    reply(answer.node(), answer.stdout().length(), answer.stdout()::copyTo);
    return false;
  }

  /** Writes bytes. */
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The frame around {@code length} bytes of a node. */
  public void reply(Node node, long length, Body body) throws IOException {
    out.write((node.name() + ": " + length + " bytes\n").getBytes(StandardCharsets.UTF_8));
    body.writeTo(out);
    out.write('\n');
    out.flush();
  }

  /** The frame of a node that timed out. */
  public void timedOut(Node node, NodeFailure.TimedOut failure) throws IOException {
    boolean connecting =
        failure.phase().equals("connect") || failure.phase().equals("authenticate");
    timedOut(node, connecting ? "probe" : "ssh");
  }

  private void timedOut(Node node, String what) throws IOException {
    out.write((node.name() + ": timed out " + what + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The line on stderr of a node that failed; nothing for others. */
  public void failure(Node node, NodeOutcome<?> outcome) {
    if (outcome instanceof NodeOutcome.Failed<?> failed) {
      Lines.print(err, node.name() + ": " + failed.failure().message());
    }
  }
}
