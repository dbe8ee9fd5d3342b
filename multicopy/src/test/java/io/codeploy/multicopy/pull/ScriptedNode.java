package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Exclusion;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multicopy.testing.SilentNode;
import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.ExitStatus;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.connect.RemoteFiles;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A node that answers what a test says: a list first, then a stream for each command. */
final class ScriptedNode extends SilentNode {
  private final InputStream listing;
  private final Deque<InputStream> answers = new ArrayDeque<>();
  private String programs = "tar find tail xargs";
  private String complaint = "";
  private boolean breaksOff;

  /**
   * One without digests.
   *
   * @param listing in wire form, without the greeting and the end
   */
  ScriptedNode(String listing) {
    this(new ByteArrayInputStream(Wire.bytes(listing + "end////\n")));
  }

  /** One whose list has its end, if any, in it. */
  ScriptedNode(InputStream listing) {
    this.listing = listing;
  }

  /** A plain pull from it. */
  Pull pull() {
    return new Pull(
        this,
        new Progress(),
        Duration.ZERO,
        Selection.plain(Exclusion.none()),
        Optional.empty(),
        Set.of());
  }

  /** It has sha256sum, too. */
  ScriptedNode withDigests() {
    programs += " sha256sum";
    return this;
  }

  /** The connection is lost after the last answer. */
  ScriptedNode breaksOff() {
    breaksOff = true;
    return this;
  }

  /** The next command gets this. */
  ScriptedNode answers(InputStream stream) {
    answers.add(stream);
    return this;
  }

  /** Each command says this on stderr. */
  ScriptedNode complains(String text) {
    complaint = text;
    return this;
  }

  ScriptedNode answers(byte[] stream) {
    return answers(new ByteArrayInputStream(stream));
  }

  @Override
  public Node node() {
    return new Node("evil", "evil", Optional.empty(), OptionalInt.empty(), Map.of());
  }

  @Override
  public ByteStream open(String command, Duration limit) {
    byte[] greeting = Wire.bytes("multicopy 1 printf " + programs + "\n");
    return saying(new SequenceInputStream(new ByteArrayInputStream(greeting), listing));
  }

  @Override
  public ExitStatus execute(
      String command, InputStream stdin, OutputStream out, OutputStream err, Duration limit)
      throws NodeFailedException {
    try (InputStream answer = answers.remove()) {
      stdin.transferTo(OutputStream.nullOutputStream());
      err.write(Wire.bytes(Wire.of(complaint)));
      if (command.contains("multicopy content")) {
        out.write(Wire.bytes("motd\nmulticopy content\n"));
      }
      byte[] buffer = new byte[7777];
      for (int n = answer.read(buffer); n >= 0; n = answer.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new NodeFailedException(new NodeFailure.RemoteFailure("sink: " + e.getMessage()), e);
    }
    if (breaksOff && answers.isEmpty()) {
      throw new NodeFailedException(new NodeFailure.Disconnected("connection lost"));
    }
    return new ExitStatus.Exited(0);
  }

  @Override
  public RemoteFiles files(Duration limit) {
    throw new AssertionError("falls back to SFTP");
  }
}
