package io.codeploy.multiquery.output;

import static io.codeploy.multiquery.output.Answers.TIMINGS;

import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.node.NodeOutcome;
import io.codeploy.multiquery.query.CapturedOutput;
import io.codeploy.multiquery.query.NodeAnswer;
import io.codeploy.multiquery.query.OutputSource;
import io.codeploy.multiquery.query.OutputSpace;
import io.codeploy.multiquery.query.QueryListener;
import io.codeploy.multiquery.testing.ScriptedConnector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run as a view sees it: pieces, answers and the end. Characters stand for bytes. */
final class Scene {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Integer> writes = new ArrayList<>();
  private final Path directory;
  private final OutputSpace space;

  Scene(Path directory) {
    this.directory = directory;
    this.space = new OutputSpace(directory);
  }

  /** Where the view writes. */
  Screen screen(boolean terminal, Colours colours) {
    OutputStream counted =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int count) {
            writes.add(count);
            out.write(bytes, offset, count);
          }
        };
    return new Screen(
        new PrintStream(counted, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        terminal,
        colours);
  }

  Screen screen() {
    return screen(false, Colours.NONE);
  }

  Path directory() {
    return directory;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A piece of output. */
  static void piece(
      QueryListener view, int rank, String node, OutputSource.Stream stream, String text)
      throws IOException {
    byte[] bytes = bytes("<" + text + ">");
    OutputSource source = new OutputSource(rank, ScriptedConnector.node(node), stream);
    view.wrote(source, bytes, 1, bytes.length - 2);
  }

  /** The answer of a node that wrote these. */
  NodeAnswer answer(
      int rank, String node, String stdout, String stderr, NodeOutcome<ExitStatus> outcome)
      throws IOException {
    return new NodeAnswer(
        rank, ScriptedConnector.node(node), captured(stdout), captured(stderr), outcome, TIMINGS);
  }

  CapturedOutput captured(String text) throws IOException {
    CapturedOutput output = new CapturedOutput(space);
    output.write(bytes(text));
    return output;
  }

  /** How much of what nodes wrote is kept on disk. */
  long spilledBytes() {
    return space.diskBytes();
  }

  String out() {
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  String err() {
    return err.toString(StandardCharsets.ISO_8859_1);
  }

  /** Lengths of the writes to stdout. */
  List<Integer> writes() {
    return List.copyOf(writes);
  }
}
