package io.codeploy.multiquery.warm;

import io.codeploy.multiquery.node.Node;
import java.util.Optional;
import java.util.OptionalInt;

/** What of a node decides where its connection leads; its name and labels do not. */
record Destination(String host, Optional<String> user, OptionalInt port) {
  static Destination of(Node node) {
    return new Destination(node.host(), node.user(), node.port());
  }
}
