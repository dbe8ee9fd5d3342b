package io.codeploy.agent.apply;

import io.codeploy.agent.testing.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/** Gives the chunks of a tree, the last one first. */
final class TreeContent implements Content {
  private final Tree tree;
  private int left = Integer.MAX_VALUE;

  TreeContent(Tree tree) {
    this.tree = tree;
  }

  /** Gives so many chunks, the first ones, and then is gone. */
  TreeContent stoppingAfter(int chunks) {
    left = chunks;
    return this;
  }

  @Override
  public Optional<String> fetch(BitSet wanted, PlainSink sink) throws IOException {
    if (left < wanted.cardinality()) {
      for (int chunk : wanted.stream().limit(left).toArray()) {
        sink.put(chunk, ByteBuffer.wrap(tree.chunk(chunk)));
      }
      return Optional.of("the origin is gone");
    }
    for (int c = wanted.previousSetBit(wanted.length()); c >= 0; c = wanted.previousSetBit(c - 1)) {
      sink.put(c, ByteBuffer.wrap(tree.chunk(c)));
    }
    return Optional.empty();
  }
}
